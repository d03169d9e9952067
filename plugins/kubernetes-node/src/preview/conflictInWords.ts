import type { DeliveryFieldConflict } from '@slipway/backstage-plugin-delivery-node';

/** A conflict over a field of an object such as `Deployment shop`, and what to do about it. @public */
export function conflictInWords(
  name: string,
  { field, owner }: { field: string; owner: string },
): DeliveryFieldConflict {
  return {
    field,
    owner,
    message: `${field} of ${name} belongs to ${owner}, which Slipway does not overwrite: a rollout would end here. Let ${owner} give the field up, then look again`,
  };
}

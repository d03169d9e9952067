import type { DeliveryFieldConflict } from '@slipway/backstage-plugin-delivery-node';

/** Of an object such as `Deployment shop`. */
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

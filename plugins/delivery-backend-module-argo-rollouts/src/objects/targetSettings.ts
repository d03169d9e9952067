import { InputError } from '@backstage/errors';
import type { DeliveryTarget } from '@slipway/backstage-plugin-delivery-node';

/** Where an environment lies: `spec.target` of its entity. */
export interface TargetSettings {
  /** A cluster's name as under `kubernetes.clusterLocatorMethods`. */
  cluster: string;
  namespace: string;
  /** Which service account pods of Slipway's own Rollouts run as; the namespace's default when left out. */
  serviceAccountName?: string;
  /** A Rollout that somebody else has made, to be followed and driven. */
  rollout?: string;
  /** Which of a followed Rollout's containers a release is; needed where it has several. */
  container?: string;
}

// RFC 1123 label: what Kubernetes takes for the name of a namespace or a container.
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
// RFC 1123 subdomain.
const subdomain = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** What each field is; the first two have to be there. */
const fields = {
  cluster: {
    missing:
      'write the name of a cluster under kubernetes.clusterLocatorMethods',
  },
  namespace: {
    missing: 'write the namespace that the software shall run in',
    name: { of: 'a namespace', pattern: label },
  },
  serviceAccountName: { name: { of: 'a service account', pattern: subdomain } },
  rollout: { name: { of: 'a Rollout', pattern: subdomain } },
  container: { name: { of: 'a container', pattern: label } },
} satisfies Record<
  keyof TargetSettings,
  { missing?: string; name?: { of: string; pattern: RegExp } }
>;

/** Throws `InputError` naming the field. */
export function readTargetSettings({
  environmentRef,
  settings,
}: DeliveryTarget): TargetSettings {
  const refuse = (field: string, detail: string) =>
    new InputError(`spec.target.${field} of ${environmentRef}: ${detail}`);
  const known = Object.keys(fields);
  for (const field of Object.keys(settings))
    if (!known.includes(field))
      throw refuse(
        field,
        `is not known here; there are ${known.slice(0, -1).join(', ')} and ${known.at(-1)}`,
      );
  const read: Record<string, string> = {};
  for (const [field, rule] of Object.entries(fields)) {
    const value = settings[field] ?? '';
    if (typeof value !== 'string')
      throw refuse(field, `must be a text, not ${JSON.stringify(value)}`);
    if (value) read[field] = value;
    else if ('missing' in rule)
      throw refuse(field, `is missing; ${rule.missing}`);
    if (value && 'name' in rule && !rule.name.pattern.test(value))
      throw refuse(field, `'${value}' is no name of ${rule.name.of}`);
  }
  return read as unknown as TargetSettings;
}

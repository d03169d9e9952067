import { InputError } from '@backstage/errors';
import type { DeliveryTarget } from '@slipway/backstage-plugin-delivery-node';

/** Where in Kubernetes an environment lies: `spec.target` of its entity. */
export interface TargetSettings {
  /** A cluster's name as under `kubernetes.clusterLocatorMethods`. */
  cluster: string;
  namespace: string;
  /** Which service account pods run as; the namespace's default when left out. */
  serviceAccountName?: string;
  /** In which canaries set weights. Naming it lets Slipway take its rules over from whoever has declared them. */
  httpRoute?: string;
}

const known = ['cluster', 'namespace', 'serviceAccountName', 'httpRoute'];
// RFC 1123 label: what Kubernetes takes for the name of a namespace.
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
// RFC 1123 subdomain.
const subdomain = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Throws `InputError` naming the field. */
export function readTargetSettings(target: DeliveryTarget): TargetSettings {
  const { settings, environmentRef } = target;
  const refuse = (field: string, detail: string) =>
    new InputError(`spec.target.${field} of ${environmentRef}: ${detail}`);
  const text = (field: string) => {
    const value = settings[field];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string')
      throw refuse(field, `must be a text, not ${JSON.stringify(value)}`);
    return value;
  };
  for (const field of Object.keys(settings))
    if (!known.includes(field))
      throw refuse(
        field,
        `is not known here; there are ${known.slice(0, -1).join(', ')} and ${known.at(-1)}`,
      );
  const cluster = text('cluster');
  if (!cluster)
    throw refuse(
      'cluster',
      'is missing; write the name of a cluster under kubernetes.clusterLocatorMethods',
    );
  const namespace = text('namespace');
  if (!namespace)
    throw refuse(
      'namespace',
      'is missing; write the namespace that the software shall run in',
    );
  if (!label.test(namespace))
    throw refuse(
      'namespace',
      `'${namespace}' is no name of a namespace; use lower-case letters, digits and '-', at most 63`,
    );
  const objectName = (field: string, kind: string) => {
    const value = text(field);
    if (value && !subdomain.test(value))
      throw refuse(field, `'${value}' is no name of ${kind}`);
    return value;
  };
  const serviceAccountName = objectName(
    'serviceAccountName',
    'a service account',
  );
  const httpRoute = objectName('httpRoute', 'an HTTPRoute');
  return {
    cluster,
    namespace,
    ...(serviceAccountName && { serviceAccountName }),
    ...(httpRoute && { httpRoute }),
  };
}

import type { V1Service } from '@kubernetes/client-node';
import {
  labels,
  objectAnnotations,
  objectLabels,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import { podHashLabel } from './rollout';

/** A Service in front of all pods of a target. Argo narrows it down while a Rollout is blue-green. */
export function serviceObject(options: {
  identity: TargetIdentity;
  name: string;
  namespace: string;
  /** Of what was read; absent for one that is not there yet. */
  resourceVersion?: string;
}): V1Service {
  const { identity, name, namespace, resourceVersion } = options;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace,
      ...(resourceVersion && { resourceVersion }),
      labels: objectLabels(identity),
      annotations: objectAnnotations(identity),
    },
    spec: {
      selector: { [labels.target]: identity.id },
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    },
  };
}

/** The one ReplicaSet that a Service is narrowed down to; `undefined` when it sends requests to all pods. */
export function pinnedTo({ spec }: V1Service): string | undefined {
  return spec?.selector?.[podHashLabel];
}

/** Whether it selects by what we would write, whatever Argo has added. */
export function selectsTarget(
  { spec }: V1Service,
  identity: TargetIdentity,
): boolean {
  const { [podHashLabel]: _pinned, ...rest } = spec?.selector ?? {};
  return rest[labels.target] === identity.id && Object.keys(rest).length === 1;
}

import type { V1Deployment } from '@kubernetes/client-node';
import type { DesiredRelease } from '@slipway/backstage-plugin-delivery-node';
import {
  annotations,
  containerOfRelease,
  labels,
  objectAnnotations,
  objectLabels,
  releaseKey,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';

/** How many copies a rolling update may have more, and fewer, than wanted. A number, or a share such as `25%`. */
export interface RollingParameters {
  maxSurge: number | string;
  maxUnavailable: number | string;
}

/**
 * The Deployment of a release as it is applied. The number of copies is not in it: that is the scale subresource's, so
 * that an autoscaler never has to fight for it.
 */
export function deploymentObject(options: {
  identity: TargetIdentity;
  name: string;
  namespace: string;
  release: DesiredRelease;
  rolling: RollingParameters;
  serviceAccountName?: string;
  progressDeadlineSeconds: number;
  generation: number;
  idempotencyKey: string;
  /** Of what the plan was made from; absent for one that is not there yet. */
  resourceVersion?: string;
}): V1Deployment {
  const { identity, name, release } = options;
  const own = {
    [labels.target]: identity.id,
    [labels.deployment]: name,
  };
  const ofRelease = {
    [annotations.releaseId]: release.releaseId,
    [annotations.version]: release.version,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: options.namespace,
      ...(options.resourceVersion && {
        resourceVersion: options.resourceVersion,
      }),
      labels: {
        ...objectLabels(identity),
        [labels.release]: releaseKey(release.releaseId),
      },
      annotations: {
        ...objectAnnotations(identity),
        ...ofRelease,
        [annotations.generation]: String(options.generation),
        [annotations.idempotencyKey]: options.idempotencyKey,
      },
    },
    spec: {
      selector: { matchLabels: own },
      strategy: { type: 'RollingUpdate', rollingUpdate: options.rolling },
      progressDeadlineSeconds: options.progressDeadlineSeconds,
      revisionHistoryLimit: 2,
      template: {
        metadata: {
          labels: {
            ...objectLabels(identity),
            ...own,
            [labels.release]: releaseKey(release.releaseId),
          },
          // Only what is the release's own: a change here replaces every pod.
          annotations: ofRelease,
        },
        spec: {
          ...(options.serviceAccountName && {
            serviceAccountName: options.serviceAccountName,
          }),
          containers: [containerOfRelease(release)],
        },
      },
    },
  };
}

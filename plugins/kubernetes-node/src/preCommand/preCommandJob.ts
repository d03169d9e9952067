import type { V1Job } from '@kubernetes/client-node';
import type { DesiredRelease } from '@slipway/backstage-plugin-delivery-node';
import { createHash } from 'node:crypto';
import { containerOfRelease } from '../containerOfRelease';
import {
  annotations,
  labels,
  objectAnnotations,
  releaseKey,
  type TargetIdentity,
} from '../identity';
import { containerOf } from '../imageArtifact';

/** The Job that runs a release's command before its rollout; `undefined` for a release without one. */
export function preCommandJob(options: {
  identity: TargetIdentity;
  namespace: string;
  release: DesiredRelease;
  serviceAccountName?: string;
  /** The same for every try of one rollout's step: it runs once for all of them. */
  idempotencyKey: string;
  timeoutSeconds: number;
}): V1Job | undefined {
  const { identity, idempotencyKey, release, serviceAccountName } = options;
  const { preCommand } = containerOf(release.artifact);
  if (!preCommand) return undefined;
  const {
    args: _args,
    readinessProbe: _readiness,
    livenessProbe: _liveness,
    ports: _ports,
    ...container
  } = containerOfRelease(release);
  const ours = {
    [labels.name]: identity.componentName,
    [labels.managedBy]: 'slipway',
    [labels.entity]: identity.componentName,
    [labels.hookOf]: identity.id,
    [labels.release]: releaseKey(release.releaseId),
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${identity.name}-pre-${tryOf(idempotencyKey)}`,
      namespace: options.namespace,
      labels: ours,
      annotations: {
        ...objectAnnotations(identity),
        [annotations.releaseId]: release.releaseId,
        [annotations.version]: release.version,
        [annotations.idempotencyKey]: idempotencyKey,
      },
    },
    spec: {
      // A command that failed half way is not run again by itself: somebody has to look.
      backoffLimit: 0,
      activeDeadlineSeconds: options.timeoutSeconds,
      template: {
        metadata: { labels: ours },
        spec: {
          restartPolicy: 'Never',
          ...(serviceAccountName && { serviceAccountName }),
          containers: [{ ...container, command: preCommand }],
        },
      },
    },
  };
}

function tryOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 10);
}

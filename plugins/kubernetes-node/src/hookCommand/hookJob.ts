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

/** When a command is run: before a rollout changes anything, or once the release has all traffic. @public */
export type Hook = 'pre' | 'post';

// Nobody asks for an old one: each rollout runs it anew. Long enough to look at it after a weekend.
const postLifetimeSeconds = 7 * 24 * 3600;

/** By which the Jobs and pods of a release's command are found. */
export function hookLabels(
  hook: Hook,
  identity: TargetIdentity,
  releaseId: string,
): Array<[name: string, value: string]> {
  return [
    [hook === 'pre' ? labels.hookOf : labels.postHookOf, identity.id],
    [labels.release, releaseKey(releaseId)],
  ];
}

/** The Job that runs a release's command; `undefined` for a release without one. */
export function hookJob(options: {
  hook: Hook;
  identity: TargetIdentity;
  namespace: string;
  release: DesiredRelease;
  serviceAccountName?: string;
  /** The same for every try of one rollout's step: it runs once for all of them. */
  idempotencyKey: string;
  timeoutSeconds: number;
}): V1Job | undefined {
  const { hook, identity, idempotencyKey, release, serviceAccountName } =
    options;
  const { preCommand, postCommand } = containerOf(release.artifact);
  const command = hook === 'pre' ? preCommand : postCommand;
  if (!command) return undefined;
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
    ...Object.fromEntries(hookLabels(hook, identity, release.releaseId)),
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${identity.name}-${hook}-${tryOf(idempotencyKey)}`,
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
      ...(hook === 'post' && { ttlSecondsAfterFinished: postLifetimeSeconds }),
      template: {
        metadata: { labels: ours },
        spec: {
          restartPolicy: 'Never',
          ...(serviceAccountName && { serviceAccountName }),
          containers: [{ ...container, command }],
        },
      },
    },
  };
}

function tryOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 10);
}

import {
  annotations,
  containerOfRelease,
  labels,
  objectAnnotations,
  objectLabels,
  releaseKey,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import type { DesiredRelease } from '@slipway/backstage-plugin-delivery-node';
import { createHash } from 'node:crypto';
import type { DesiredRecord } from './desiredRecord';
import { type Rollout, rollouts } from './rollout';

/** Which Rollout a pod is of; a part of the selector, so that it never changes. */
const rolloutLabel = 'slipway.dev/rollout';

/** What a Rollout's pods are, as it is written. */
export type Template = NonNullable<Rollout['spec']>['template'];
export type StrategyObject = NonNullable<Rollout['spec']>['strategy'];

interface Written {
  identity: TargetIdentity;
  name: string;
  namespace: string;
  template: Template;
  strategy: StrategyObject;
  record: DesiredRecord;
}

/**
 * A Rollout that Slipway has made, as it is applied. The number of copies is not in it, so that an autoscaler never has to
 * fight for it.
 */
export function ownRollout({
  progressDeadlineSeconds,
  ...written
}: Written & { progressDeadlineSeconds: number }): Rollout {
  const { identity, name, namespace, record, strategy, template } = written;
  return stamped({
    apiVersion: `${rollouts.group}/${rollouts.version}`,
    kind: 'Rollout',
    metadata: {
      name,
      namespace,
      labels: objectLabels(identity),
      annotations: {
        ...objectAnnotations(identity),
        [annotations.desired]: JSON.stringify(record),
      },
    },
    spec: {
      selector: { matchLabels: ownSelector(identity, name) },
      progressDeadlineSeconds,
      revisionHistoryLimit: 2,
      template,
      strategy,
    },
  });
}

/** Of the Rollout that somebody else has made, only what a release sets. */
export function followedRollout({
  identity,
  name,
  namespace,
  record,
  strategy,
  template,
}: Written): Rollout {
  return stamped({
    apiVersion: `${rollouts.group}/${rollouts.version}`,
    kind: 'Rollout',
    metadata: {
      name,
      namespace,
      labels: { [labels.target]: identity.id },
      annotations: {
        ...objectAnnotations(identity),
        [annotations.desired]: JSON.stringify(record),
      },
    },
    spec: { template, strategy },
  });
}

function stamped(rollout: Rollout): Rollout {
  const applied = createHash('sha256')
    .update(JSON.stringify(rollout))
    .digest('hex')
    .slice(0, 16);
  return {
    ...rollout,
    metadata: {
      ...rollout.metadata,
      annotations: {
        ...rollout.metadata?.annotations,
        [annotations.applied]: applied,
      },
    },
  };
}

/** The pods of a release in a Rollout of our own. */
export function ownTemplate(
  identity: TargetIdentity,
  name: string,
  release: DesiredRelease,
  { serviceAccountName }: { serviceAccountName?: string },
): Template {
  const { metadata } = marks(release);
  return {
    metadata: {
      labels: {
        ...objectLabels(identity),
        ...ownSelector(identity, name),
        ...metadata.labels,
      },
      annotations: metadata.annotations,
    },
    spec: {
      ...(serviceAccountName && { serviceAccountName }),
      containers: [containerOfRelease(release)],
    },
  };
}

/** What a release changes of the pods that somebody else has described. Ports and probes are theirs. */
export function followedTemplate(
  container: string,
  release: DesiredRelease,
): Template {
  const { args, env = [], image } = containerOfRelease(release);
  const own = env.filter(({ name }) => name !== 'PORT');
  return {
    ...marks(release),
    spec: {
      containers: [
        {
          name: container,
          image,
          ...(args && { args }),
          ...(own.length && { env: own }),
        },
      ],
    },
  };
}

// By which pods are known to be of a release; and each release gets a ReplicaSet of its own.
function marks({ releaseId, version }: DesiredRelease) {
  return {
    metadata: {
      labels: { [labels.release]: releaseKey(releaseId) },
      annotations: {
        [annotations.releaseId]: releaseId,
        [annotations.version]: version,
      },
    },
  };
}

function ownSelector(identity: TargetIdentity, name: string) {
  return { [labels.target]: identity.id, [rolloutLabel]: name };
}

import type { V1Pod, V1ReplicaSet } from '@kubernetes/client-node';
import {
  leanContainers,
  leanMetadata,
  leanPod,
  type Watched,
  type WatchedKind,
  type WatchedObject,
} from '@slipway/backstage-plugin-kubernetes-node';
import { type Rollout, rollouts } from './rollout';

// Rollouts that somebody else has made give their ReplicaSets and pods no label of ours.
const byOwner = {
  groupOf: ({ metadata }: WatchedObject) =>
    metadata?.ownerReferences?.find(({ controller }) => controller)?.uid ?? '',
};

/** All of the namespace: which one is a target's is told by more than a label. */
export const watchedRollouts: WatchedKind<Watched<Rollout>> = {
  api: `apis/${rollouts.group}/${rollouts.version}`,
  plural: rollouts.plural,
  keep: rollout => rollout,
  groupOf: () => '',
};

export const watchedReplicaSets: WatchedKind<Watched<V1ReplicaSet>> = {
  ...byOwner,
  api: 'apis/apps/v1',
  plural: 'replicasets',
  keep: set => ({
    metadata: leanMetadata(set),
    spec: set.spec && {
      replicas: set.spec.replicas,
      selector: set.spec.selector,
      template: {
        metadata: set.spec.template?.metadata,
        spec: { containers: leanContainers(set.spec.template?.spec) },
      },
    },
    status: set.status,
  }),
};

export const watchedPods: WatchedKind<Watched<V1Pod>> = {
  ...byOwner,
  api: 'api/v1',
  plural: 'pods',
  keep: leanPod,
};

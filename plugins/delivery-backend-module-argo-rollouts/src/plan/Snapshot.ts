import type {
  V1Deployment,
  V1Pod,
  V1ReplicaSet,
  V1Service,
} from '@kubernetes/client-node';
import { labels } from '@slipway/backstage-plugin-kubernetes-node';
import { hashOf, podHashLabel, type Rollout } from '../objects/rollout';

/** What a namespace holds of one target. */
export interface Snapshot {
  rollout?: Rollout;
  /** Whether somebody else has made the Rollout. */
  isFollowed: boolean;
  /** Of the Rollout's. */
  replicaSets: V1ReplicaSet[];
  /** Of the Rollout's. */
  pods: V1Pod[];
  /** Of the target, which the runtime `kubernetes` has made. */
  deployments: V1Deployment[];
  /** Slipway's own, in front of all pods. */
  service?: V1Service;
  /** Slipway's own, in front of a blue-green rollout's new pods. */
  preview?: V1Service;
}

/** The key of the release that the Rollout's next pods are of. */
export function templateRelease({ spec }: Rollout): string | undefined {
  return spec?.template?.metadata?.labels?.[labels.release];
}

export function releaseOfSet({ spec }: V1ReplicaSet): string | undefined {
  return spec?.template?.metadata?.labels?.[labels.release];
}

/** The key of the release whose ReplicaSet has this hash. */
export function releaseOfHash(
  { replicaSets }: Pick<Snapshot, 'replicaSets'>,
  hash: string | undefined,
): string | undefined {
  const set = replicaSets.find(
    known => hash !== undefined && hashOf(known) === hash,
  );
  return set && releaseOfSet(set);
}

export function podHash(pod: V1Pod): string | undefined {
  return pod.metadata?.labels?.[podHashLabel];
}

import type { V1Pod, V1ReplicaSet, V1Service } from '@kubernetes/client-node';
import {
  labels,
  nameOf,
  type OwnWrites,
  type TargetIdentity,
  type WatchedKind,
  type WatchedObject,
  type WatchedObjects,
  watchedServices,
} from '@slipway/backstage-plugin-kubernetes-node';
import type { Snapshot } from '../plan/Snapshot';
import { chooseRollout } from './chooseRollout';
import type { Rollout } from './rollout';
import type { TargetSettings } from './targetSettings';
import {
  watchedPods,
  watchedReplicaSets,
  watchedRollouts,
} from './watchedKinds';

/**
 * What is watched of a target; `undefined` where that is not certain to be as it is. Without Deployments, which matter to
 * whoever writes only. Throws as `chooseRollout` does.
 */
export async function watchedSnapshot({
  identity,
  settings,
  signal,
  watched,
  written,
}: {
  identity: TargetIdentity;
  settings: TargetSettings;
  signal: AbortSignal;
  watched: WatchedObjects;
  written: OwnWrites;
}): Promise<Snapshot | undefined> {
  const view = async <T extends WatchedObject>(kind: WatchedKind<T>) => {
    const atLeast = written.of(identity.id, kind.plural);
    const seen = await watched.view(settings, kind, {
      signal,
      ...(atLeast && { atLeast }),
    });
    if (seen) written.forget(identity.id, kind.plural, atLeast);
    return seen;
  };
  const [all, sets, pods, services] = await Promise.all([
    view(watchedRollouts),
    view(watchedReplicaSets),
    view(watchedPods),
    view(watchedServices),
  ]);
  // A kind that was not there may have been installed since.
  if (!all?.exists || !sets || !pods || !services) return undefined;
  const chosen = chooseRollout(all.all() as Rollout[], identity, settings);
  const { uid } = chosen?.rollout.metadata ?? {};
  const replicaSets = uid ? (sets.of(uid) as V1ReplicaSet[]) : [];
  const ofTarget = services.of(identity.id) as V1Service[];
  const named = (name: string) =>
    ofTarget.find(service => nameOf(service) === name);
  return {
    rollout: chosen?.rollout,
    isFollowed: chosen?.isFollowed ?? false,
    replicaSets,
    pods: chosen
      ? (replicaSets.flatMap(({ metadata }) =>
          pods.of(metadata?.uid ?? ''),
        ) as V1Pod[])
      : (pods
          .all()
          .filter(
            ({ metadata }) => metadata?.labels?.[labels.target] === identity.id,
          ) as V1Pod[]),
    deployments: [],
    service: named(identity.name),
    preview: named(identity.previewName),
  };
}

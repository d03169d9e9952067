import {
  isReady,
  isTerminating,
  releaseKey,
} from '@slipway/backstage-plugin-kubernetes-node';
import type { DesiredRecord } from '../objects/desiredRecord';
import {
  isObserved,
  isUpdating,
  pauseReason,
  type Rollout,
  typeOf,
} from '../objects/rollout';
import { pinnedTo } from '../objects/serviceObject';
import {
  podHash,
  releaseOfHash,
  type Snapshot,
  templateRelease,
} from '../plan/Snapshot';

/** Whether all is there that was desired, and nothing else that would still go. */
export function isConverged(
  snapshot: Snapshot,
  record: DesiredRecord,
): boolean {
  const { isFollowed, rollout } = snapshot;
  if (record.main === undefined)
    return isFollowed && rollout
      ? isBack(snapshot, rollout)
      : !rollout && !snapshot.preview && snapshot.pods.every(isTerminating);
  if (!rollout || !isObserved(rollout)) return false;
  const main = releaseKey(record.main);
  const { status = {}, spec } = rollout;
  const isThere =
    templateRelease(rollout) === main &&
    releaseOfHash(snapshot, status.currentPodHash) === main &&
    !status.abort &&
    !spec?.paused &&
    (isFollowed ||
      record.scaledBy !== undefined ||
      spec?.replicas === record.copies);
  if (!isThere) return false;
  const wish = record.versions.find(
    ({ releaseId }) => releaseId === record.main,
  );
  if (record.hold !== undefined) {
    if (isUpdating(rollout)) return isHeld(rollout, record.hold);
    // Somebody else has promoted it.
    if (wish?.weight !== 100) return false;
  }
  if (typeOf(rollout) === 'blueGreen' && wish?.weight === 0)
    return pauseReason(rollout) === 'BlueGreenPause';
  // Both releases of a blue-green rollout run until the old one may go.
  const mayBeBeside =
    record.versions.length > 1 && typeOf(rollout) === 'blueGreen';
  return (
    isAllTraffic(snapshot, rollout) &&
    (mayBeBeside || isRest(snapshot, rollout))
  );
}

// A Rollout of somebody else's cannot be taken away; it runs what ran there before, if anything did.
function isBack({ pods }: Snapshot, rollout: Rollout): boolean {
  const { abort, stableRS } = rollout.status ?? {};
  return (
    !isUpdating(rollout) ||
    (abort === true &&
      pods.every(pod => isTerminating(pod) || podHash(pod) === stableRS))
  );
}

function isHeld({ status }: Rollout, hold: number | undefined): boolean {
  return (
    status?.currentStepIndex === hold &&
    (status?.pauseConditions ?? []).some(
      ({ reason }) => reason === 'CanaryPauseStep',
    )
  );
}

function isAllTraffic(
  { isFollowed, service }: Snapshot,
  rollout: Rollout,
): boolean {
  const { status } = rollout;
  if (isUpdating(rollout)) return false;
  return typeOf(rollout) === 'blueGreen'
    ? status?.blueGreen?.activeSelector === status?.currentPodHash
    : isFollowed || (service !== undefined && pinnedTo(service) === undefined);
}

function isRest({ pods }: Snapshot, { spec, status }: Rollout): boolean {
  const live = pods.filter(pod => !isTerminating(pod));
  const current = live.filter(pod => podHash(pod) === status?.currentPodHash);
  return (
    live.length === current.length &&
    current.filter(isReady).length === (spec?.replicas ?? 1)
  );
}

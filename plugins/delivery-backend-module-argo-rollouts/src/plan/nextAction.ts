import type { V1Service } from '@kubernetes/client-node';
import { ConflictError } from '@backstage/errors';
import type {
  DesiredRelease,
  DesiredState,
} from '@slipway/backstage-plugin-delivery-node';
import {
  annotations,
  releaseKey,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import { type DesiredRecord, readRecord } from '../objects/desiredRecord';
import {
  isObserved,
  isUpdating,
  pauseReason,
  type Rollout,
  type RolloutStatus,
  type StrategyType,
  typeOf,
} from '../objects/rollout';
import {
  followedRollout,
  followedTemplate,
  ownRollout,
  ownTemplate,
  type Template,
} from '../objects/rolloutObject';
import { pinnedTo, selectsTarget } from '../objects/serviceObject';
import { type Intent, intentOf } from './intentOf';
import { releaseOfHash, type Snapshot, templateRelease } from './Snapshot';

/** One write. */
export type Action =
  | {
      kind: 'applyRollout';
      rollout: Rollout;
      /** The strategy that has to go first: Argo takes no two. */
      without?: StrategyType;
    }
  | { kind: 'applyService'; name: string }
  /** The Service keeps what is desired when there is no Rollout any more. */
  | { kind: 'note'; service: V1Service; record: DesiredRecord }
  | { kind: 'patchStatus'; status: RolloutStatus }
  | { kind: 'scale'; copies: number }
  /** Argo leaves its selector on a Service that its Rollout no longer names. */
  | { kind: 'unpin'; service: V1Service }
  | { kind: 'removeService'; service: V1Service }
  | { kind: 'removeRollout' };

export interface Work {
  identity: TargetIdentity;
  namespace: string;
  snapshot: Snapshot;
  desired: DesiredState;
  /** What scales the Rollout, such as `HorizontalPodAutoscaler shop`. */
  scaledBy?: string;
  /** Of a followed Rollout. */
  container?: string;
  serviceAccountName?: string;
  progressDeadlineSeconds: number;
}

/**
 * The next write on the way from what is there to what is desired; `undefined` when there is none, or when the controller
 * has to act first. Pure; called again with a new look at the cluster.
 *
 * Slipway holds the Rollout at a pause after each goal and lets it go on as `kubectl argo rollouts` does: by its status.
 */
export function nextAction(work: Work): Action | undefined {
  const { desired, identity, snapshot } = work;
  if (desired.versions.length === 0) return takenAway(work);
  const { isFollowed, rollout } = snapshot;
  const intent = intentOf(desired, {
    isFollowed,
    rollout,
    services: { active: identity.name, preview: identity.previewName },
  });
  return (
    (isFollowed ? undefined : services(work, intent)) ??
    (rollout ? advanced(work, intent, rollout) : written(work, intent))
  );
}

/** The Rollout as it shall be when a release runs alone. */
export function rolloutAtRest(
  work: Omit<Work, 'desired'>,
  release: DesiredRelease,
): Rollout {
  const { identity, snapshot } = work;
  const { isFollowed, rollout } = snapshot;
  const desired: DesiredState = {
    generation: 0,
    versions: [{ release, replicas: 1, weight: 100 }],
  };
  const intent = intentOf(desired, {
    isFollowed,
    rollout,
    services: { active: identity.name, preview: identity.previewName },
  });
  return written({ ...work, desired }, intent).rollout;
}

function takenAway({ desired, identity, snapshot }: Work): Action | undefined {
  const { isFollowed, preview, rollout, service } = snapshot;
  // What somebody else has made stays: all that can be done is to go back to what was stable.
  if (isFollowed)
    return rollout && isUpdating(rollout) && !rollout.status?.abort
      ? { kind: 'patchStatus', status: { abort: true } }
      : undefined;
  if (!service) return { kind: 'applyService', name: identity.name };
  if (readRecord(service)?.generation !== desired.generation)
    return {
      kind: 'note',
      service,
      record: { generation: desired.generation, versions: [] },
    };
  if (rollout) return { kind: 'removeRollout' };
  return preview && { kind: 'removeService', service: preview };
}

function services(
  { identity, snapshot: { preview, service } }: Work,
  { type }: Intent,
): Action | undefined {
  if (!service || !selectsTarget(service, identity))
    return { kind: 'applyService', name: identity.name };
  if (type === 'blueGreen' && !preview)
    return { kind: 'applyService', name: identity.previewName };
  return undefined;
}

/** The Rollout as it shall be for this wish; with `present` as template, only its strategy is another one. */
function written(
  work: Work,
  intent: Intent,
  present?: Template,
): Extract<Action, { kind: 'applyRollout' }> {
  const { desired, identity, namespace, scaledBy, snapshot } = work;
  const { isFollowed, rollout } = snapshot;
  const { release } = intent.main;
  const name = rollout?.metadata?.name ?? identity.name;
  const record: DesiredRecord = {
    generation: desired.generation,
    versions: desired.versions.map(version => ({
      releaseId: version.release.releaseId,
      version: version.release.version,
      replicas: version.replicas,
      weight: version.weight,
    })),
    main: release.releaseId,
    ...(intent.at && { hold: intent.at.pause }),
    ...(scaledBy
      ? { scaledBy }
      : { ...(!isFollowed && { copies: intent.copies }) }),
  };
  const template =
    present ??
    (isFollowed
      ? followedTemplate(work.container ?? '', release)
      : ownTemplate(identity, name, release, work));
  const object = {
    identity,
    name,
    namespace,
    record,
    template,
    strategy: intent.strategy,
  };
  const type = rollout && typeOf(rollout);
  return {
    kind: 'applyRollout',
    ...(type && !isFollowed && type !== intent.type && { without: type }),
    rollout: isFollowed
      ? followedRollout(object)
      : ownRollout({
          ...object,
          progressDeadlineSeconds: work.progressDeadlineSeconds,
        }),
  };
}

function advanced(
  work: Work,
  intent: Intent,
  rollout: Rollout,
): Action | undefined {
  const { scaledBy, snapshot } = work;
  const main = releaseKey(intent.main.release.releaseId);
  const isMain = templateRelease(rollout) === main;
  if (isMain && isLeftAborted(work, intent, rollout))
    return { kind: 'patchStatus', status: { abort: false } };
  if (!isMain) {
    // The stable copies get all traffic at once, even where somebody else has taken fields of the template meanwhile.
    if (goesBack(snapshot, rollout, main)) {
      // Argo forgets an abort when it sees another template.
      if (!isObserved(rollout)) return undefined;
      if (isUpdating(rollout))
        return { kind: 'patchStatus', status: { abort: true } };
    }
    if (!snapshot.isFollowed && typeOf(rollout) !== intent.type)
      return written(work, intent, rollout.spec?.template);
    if (!isSettled(snapshot, rollout)) return tidied(snapshot, rollout);
  }
  const wanted = written(work, intent);
  if (!isWritten(wanted.rollout, rollout)) return wanted;
  if (
    !scaledBy &&
    !snapshot.isFollowed &&
    rollout.spec?.replicas !== intent.copies
  )
    return { kind: 'scale', copies: intent.copies };
  const status = isObserved(rollout)
    ? statusPatch(snapshot, intent, rollout, main)
    : undefined;
  return status ? { kind: 'patchStatus', status } : tidied(snapshot, rollout);
}

// Aborted by somebody while this rollout is under way it stays so, and the delivery engine is told; left over from an
// earlier one it is tried again.
function isLeftAborted(
  { snapshot }: Work,
  { main }: Intent,
  rollout: Rollout,
): boolean {
  return (
    rollout.status?.abort === true &&
    isUpdating(rollout) &&
    readRecord(rollout, snapshot.service)?.main !== main.release.releaseId
  );
}

function goesBack(
  snapshot: Snapshot,
  { status }: Rollout,
  main: string,
): boolean {
  return !status?.abort && releaseOfHash(snapshot, status?.stableRS) === main;
}

/**
 * Whether the strategy is in force, so that another release may come. Where no Service is narrowed down to the present one
 * yet, Argo switches a blue-green Rollout without a pause; and one that still is leads to no pod of a canary.
 */
function isSettled(
  { isFollowed, service }: Snapshot,
  rollout: Rollout,
): boolean {
  if (isFollowed) return true;
  return typeOf(rollout) === 'blueGreen'
    ? isObserved(rollout) &&
        rollout.status?.blueGreen?.activeSelector !== undefined
    : !service || pinnedTo(service) === undefined;
}

// The others are of analyses that Argo runs itself.
const ownPauses = ['CanaryPauseStep', 'BlueGreenPause'];

/** How the Rollout is let go on, or held; `undefined` where it is as it shall be, or on its way there. */
function statusPatch(
  snapshot: Snapshot,
  { at, isAlone, switches, type }: Intent,
  rollout: Rollout,
  main: string,
): RolloutStatus | undefined {
  const { spec, status = {} } = rollout;
  if (releaseOfHash(snapshot, status.currentPodHash) !== main) return undefined;
  if (!isUpdating(rollout)) {
    if (switches) return undefined;
    throw new ConflictError(
      `Somebody else has promoted Rollout ${rollout.metadata?.name} fully, past the step that the delivery engine holds it at`,
    );
  }
  // Whoever has aborted or paused it decides when it goes on.
  if (status.abort || status.promoteFull || spec?.paused) return undefined;
  const reason = pauseReason(rollout);
  if (isAlone)
    return reason && ownPauses.includes(reason)
      ? { promoteFull: true }
      : undefined;
  if (type === 'blueGreen')
    return switches && reason === 'BlueGreenPause'
      ? { pauseConditions: null }
      : undefined;
  return at && stepPatch(at, status, reason);
}

function stepPatch(
  { begin, pause }: NonNullable<Intent['at']>,
  { controllerPause, currentStepIndex = 0 }: RolloutStatus,
  reason: string | undefined,
): RolloutStatus | undefined {
  if (currentStepIndex >= begin && currentStepIndex <= pause) return undefined;
  if (reason ? !ownPauses.includes(reason) : controllerPause) return undefined;
  return reason && currentStepIndex === begin - 1
    ? { pauseConditions: null }
    : { pauseConditions: null, currentStepIndex: begin };
}

// What a blue-green Rollout of ours leaves behind.
function tidied(
  { isFollowed, preview, service }: Snapshot,
  rollout: Rollout,
): Action | undefined {
  if (isFollowed || typeOf(rollout) !== 'canary' || !isObserved(rollout))
    return undefined;
  if (service && pinnedTo(service)) return { kind: 'unpin', service };
  return preview && { kind: 'removeService', service: preview };
}

function isWritten(wanted: Rollout, { metadata, spec }: Rollout): boolean {
  const image = (rollout: Pick<Rollout, 'spec'>, name: string) =>
    rollout.spec?.template?.spec?.containers.find(
      container => container.name === name,
    )?.image;
  return (
    metadata?.annotations?.[annotations.applied] ===
      wanted.metadata?.annotations?.[annotations.applied] &&
    (wanted.spec?.template?.spec?.containers ?? []).every(
      ({ name }) => image(wanted, name) === image({ spec }, name),
    )
  );
}

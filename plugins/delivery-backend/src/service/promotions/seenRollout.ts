import type { SeenRollout } from '../../domain/promotion/events';
import type { RolloutDocument } from '../../domain/rollout/view';

const wordsMatter = new Set(['held', 'paused', 'rolledBack', 'aborted']);

/** What a promotion wants to know of a rollout. */
export function seenRollout(rollout: RolloutDocument): SeenRollout {
  const { id, phase, gates, message, previousRelease } = rollout;
  const closed = (gates?.items ?? []).filter(
    ({ status, kind }) =>
      kind !== 'target' && status !== 'passed' && status !== 'overridden',
  );
  return {
    id,
    phase,
    hasBegun: phase !== 'held' && gates?.decidedAt !== undefined,
    isReady:
      phase === 'held' && closed.every(({ kind }) => kind === 'promotion'),
    // The words of one that is under way change with every copy that starts.
    ...(rollout.waitingFor === 'window' && { isHeldByWindow: true }),
    ...(message && wordsMatter.has(phase) && { message }),
    ...(previousRelease && { previousReleaseId: previousRelease.id }),
  };
}

/** Whether there is something that the promotion does not know yet. */
export function isNews(
  seen: SeenRollout,
  known: Partial<SeenRollout>,
): boolean {
  return (
    seen.phase !== known.phase ||
    seen.message !== known.message ||
    (known.isReady !== undefined && seen.isReady !== known.isReady)
  );
}

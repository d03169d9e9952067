import type {
  Rollout,
  RolloutAction,
} from '@slipway/backstage-plugin-delivery-common';
import { isEnded } from '../Status';

export type DangerousAction = Extract<
  RolloutAction,
  'promoteFull' | 'abort' | 'breakGlass'
>;

const order: RolloutAction[] = [
  'pause',
  'resume',
  'promote',
  'promoteFull',
  'abort',
  'retry',
  'breakGlass',
];

function situationOf(rollout: Rollout): 'ended' | 'held' | 'moving' {
  if (isEnded(rollout.phase)) return 'ended';
  return rollout.phase === 'held' ? 'held' : 'moving';
}

/**
 * The buttons a rollout gets. Those that are refused now stay, with the reason; but an ended rollout can never be
 * steered again, so there only what is allowed (and trying again) remains. One that is held has nothing to steer yet:
 * it can only be taken back or begin past its gates, which in turn means nothing to one that has begun.
 */
export function actionsOf(rollout: Rollout): RolloutAction[] {
  const known = order.filter(action => rollout.allowedActions[action]);
  const kept: RolloutAction[] | undefined = {
    ended: ['retry' as const],
    held: ['abort' as const, 'breakGlass' as const],
    moving: undefined,
  }[situationOf(rollout)];
  return known.filter(
    action =>
      rollout.allowedActions[action]?.allowed ||
      (kept ? kept.includes(action) : action !== 'breakGlass'),
  );
}

/** Whether an action is asked about before it is taken. */
export function isDangerous(action: RolloutAction): action is DangerousAction {
  return (
    action === 'promoteFull' || action === 'abort' || action === 'breakGlass'
  );
}

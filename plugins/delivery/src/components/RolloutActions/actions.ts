import type {
  Rollout,
  RolloutAction,
} from '@slipway/backstage-plugin-delivery-common';
import { isEnded } from '../Status';

export type DangerousAction = Extract<RolloutAction, 'promoteFull' | 'abort'>;

const order: RolloutAction[] = [
  'pause',
  'resume',
  'promote',
  'promoteFull',
  'abort',
  'retry',
];

/**
 * The buttons a rollout gets. Those that are refused now stay, with the reason; but an ended rollout can never be
 * steered again, so there only what is allowed (and trying again) remains.
 */
export function actionsOf(rollout: Rollout): RolloutAction[] {
  const known = order.filter(action => rollout.allowedActions[action]);
  return isEnded(rollout.phase)
    ? known.filter(
        action => action === 'retry' || rollout.allowedActions[action]?.allowed,
      )
    : known;
}

/** Whether an action is asked about before it is taken. */
export function isDangerous(action: RolloutAction): action is DangerousAction {
  return action === 'promoteFull' || action === 'abort';
}

import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Rollout,
  RolloutAction,
} from '@slipway/backstage-plugin-delivery-common';
import { describeError } from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../api/deliveryApi';
import { newIdempotencyKey } from '../api/idempotencyKey';

/** Whether a person who decided on seeing `before` would decide the same on seeing `after`. */
function isSameSituation(
  before: Rollout,
  after: Rollout,
  action: RolloutAction,
): boolean {
  return (
    before.phase === after.phase &&
    before.waitReason === after.waitReason &&
    before.currentStepIndex === after.currentStepIndex &&
    (after.allowedActions[action]?.allowed ?? false)
  );
}

/** What became of an action. `changed`: the rollout moved on meanwhile, so nothing was done. */
export type ActionOutcome =
  | { kind: 'done'; rollout: Rollout }
  | { kind: 'changed'; rollout: Rollout }
  | { kind: 'failed'; error: unknown };

/**
 * Steers a rollout, and never one that is other than the person saw. A rollout's version rises with every measurement
 * too, so a refusal (412) is tried again by itself while what the person decided on still stands.
 */
export function useRolloutAction() {
  const api = useApi(deliveryApiRef);
  const [acting, setActing] = useState<RolloutAction>();

  const send = async (
    seen: Rollout,
    action: RolloutAction,
    reason: string | undefined,
  ): Promise<ActionOutcome> => {
    let current = seen;
    for (let attempt = 0; ; attempt++) {
      try {
        // One attempt after the other.
        // eslint-disable-next-line no-await-in-loop
        const rollout = await api.actOnRollout(
          seen.id,
          action,
          reason ? { reason } : {},
          {
            idempotencyKey: newIdempotencyKey(),
            ifMatch: `"${current.version}"`,
          },
        );
        return { kind: 'done', rollout };
      } catch (error) {
        if (describeError(error).status !== 412)
          return { kind: 'failed', error };
        // eslint-disable-next-line no-await-in-loop
        current = await api.getRollout(seen.id);
        if (attempt >= 2 || !isSameSituation(seen, current, action)) {
          return { kind: 'changed', rollout: current };
        }
      }
    }
  };

  const act = async (
    seen: Rollout,
    action: RolloutAction,
    reason?: string,
  ): Promise<ActionOutcome> => {
    setActing(action);
    try {
      return await send(seen, action, reason);
    } catch (error) {
      return { kind: 'failed', error };
    } finally {
      setActing(undefined);
    }
  };
  return { act, acting };
}

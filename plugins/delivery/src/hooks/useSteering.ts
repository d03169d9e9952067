import { useState } from 'react';
import type { AllowedActions } from '@slipway/backstage-plugin-delivery-common';
import {
  describeError,
  newIdempotencyKey,
} from '@slipway/backstage-plugin-slipway-react';

/** What can be steered: its version rises with every event. */
interface Steered {
  id: string;
  version: number;
  allowedActions: AllowedActions;
}

/** What became of an action. `changed`: it moved on meanwhile, so nothing was done. */
export type ActionOutcome<Item> =
  | { kind: 'done'; item: Item }
  | { kind: 'changed'; item: Item }
  | { kind: 'failed'; error: unknown };

/**
 * Steers something that moves on by itself, and never when it is other than the person saw. Its version rises with
 * every measurement too, so a refusal (412) is tried again by itself while what the person decided on still stands.
 */
export function useSteering<
  Item extends Steered,
  Action extends string,
>(options: {
  read: (id: string) => Promise<Item>;
  send: (
    id: string,
    action: Action,
    body: { reason?: string },
    options: { idempotencyKey: string; ifMatch: string },
  ) => Promise<Item>;
  /** Whether a person who decided on seeing `before` would decide the same on seeing `after`. */
  isSameSituation: (before: Item, after: Item) => boolean;
}) {
  const { read, isSameSituation } = options;
  const [acting, setActing] = useState<Action>();

  const send = async (
    seen: Item,
    action: Action,
    reason: string | undefined,
  ): Promise<ActionOutcome<Item>> => {
    let current = seen;
    for (let attempt = 0; ; attempt++) {
      try {
        // One attempt after the other.
        // eslint-disable-next-line no-await-in-loop
        const item = await options.send(
          seen.id,
          action,
          reason ? { reason } : {},
          {
            idempotencyKey: newIdempotencyKey(),
            ifMatch: `"${current.version}"`,
          },
        );
        return { kind: 'done', item };
      } catch (error) {
        if (describeError(error).status !== 412)
          return { kind: 'failed', error };
        // eslint-disable-next-line no-await-in-loop
        current = await read(seen.id);
        const stands =
          isSameSituation(seen, current) &&
          (current.allowedActions[action]?.allowed ?? false);
        if (attempt >= 2 || !stands) return { kind: 'changed', item: current };
      }
    }
  };

  const act = async (
    seen: Item,
    action: Action,
    reason?: string,
  ): Promise<ActionOutcome<Item>> => {
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

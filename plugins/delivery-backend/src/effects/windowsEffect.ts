import type { EffectHandler } from '@slipway/workflow-engine';
import { isSameJson } from '@slipway/backstage-plugin-slipway-node';
import type {
  RolloutEffect,
  WindowsEffectResult,
} from '../domain/rollout/effects';
import type { GateFactsReader } from '../service/gates/GateFactsReader';
import { done } from './forGood';

// Documents change without telling.
const lookAgainMs = 2000;

/** Looks whether windows let a rollout go on that is under way, for as long as they say nothing new. */
export function createWindowsEffect(options: {
  facts: GateFactsReader;
  now: () => number;
}): EffectHandler<Extract<RolloutEffect, { kind: 'delivery.windows' }>> {
  const { facts, now } = options;
  return async ({ target, seen, facts: wanted }) => {
    const windows = await facts.ongoing(target);
    const result: WindowsEffectResult = windows ? { windows } : {};
    if (!windows || windows.open) return done(result);
    if (seen && isSameJson(windows, seen))
      return {
        kind: 'again',
        afterMs: Math.min(
          lookAgainMs,
          Math.max(1, (windows.until ?? Infinity) - now()),
        ),
      };
    if (!wanted) return done(result);
    // It has begun: what else would hold one that begins now does not hold this one.
    return done({
      ...result,
      facts: { ...(await facts.read(wanted)), gates: [] },
    });
  };
}

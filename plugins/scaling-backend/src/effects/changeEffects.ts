import {
  type EffectContext,
  type EffectHandlers,
  type EffectOutcome,
  NotRetryableError,
} from '@slipway/workflow-engine';
import type {
  ApplyResult,
  ChangeEffect,
  HeldResult,
  ReadResult,
  RevertResult,
} from '../domain/change/effects';
import { isSameSetting } from '../domain/change/override';
import type { ChangeMeans } from '../domain/change/state';
import { again, done, forGood, gone } from './outcomes';
import type { ReplicaMeans, Written } from './ReplicaMeans';

/** Carries out what changes ask of the world. Looks before it acts, so that a second time changes nothing. */
export function createChangeEffects(
  means: Record<ChangeMeans, ReplicaMeans>,
): EffectHandlers<ChangeEffect> {
  return {
    'scaling.read': ({ target, via }, { signal }) =>
      forGood(async () =>
        done<ReadResult>({
          setting: (await means[via].read(target, signal)) ?? null,
        }),
      ),

    'scaling.apply': (effect, context) =>
      forGood(async () => {
        const { seen, setting, target, via } = effect;
        const now = await means[via].read(target, context.signal);
        if (!now) throw gone(target.workload);
        if (now.driver !== setting.driver || now.name !== setting.name)
          throw new NotRetryableError(
            `It is ${named(now)} now that decides how many there are, and was ${named(setting)} before`,
          );
        return told<ApplyResult>(
          await means[via].write(target, setting, call(effect, context)),
          seen,
          { applied: true },
        );
      }),

    'scaling.revert': (effect, context) =>
      forGood(async () => {
        const { before, ours, rolloutId, seen, target, via } = effect;
        const now = await means[via].read(target, context.signal);
        if (!now) return done<RevertResult>({ outcome: 'gone' });
        const known = [before, ...ours];
        if (!rolloutId && !known.some(other => isSameSetting(other, now))) {
          await means[via].leave(target, call(effect, context));
          return done<RevertResult>({ outcome: 'left', found: now });
        }
        return told<RevertResult>(
          await means[via].write(target, before, call(effect, context)),
          seen,
          { outcome: 'restored' },
        );
      }),
  };
}

function call(
  {
    fence,
    reason,
    requestedBy,
    rolloutId,
  }: Extract<ChangeEffect, { fence: number }>,
  { key, runId, signal }: EffectContext,
) {
  return {
    key: `${runId}/${key}`,
    fence,
    reason,
    requestedBy,
    signal,
    ...(rolloutId && { rolloutId }),
  };
}

function told<Result extends object>(
  written: Written,
  seen: string | undefined,
  result: Exclude<Result, HeldResult>,
): EffectOutcome {
  if (written === 'done') return done(result);
  return written.held === seen ? again() : done<HeldResult>(written);
}

function named({ driver, name }: { driver: string; name?: string }): string {
  if (driver === 'fixed') return 'a fixed number';
  const kind = driver === 'hpa' ? 'HorizontalPodAutoscaler' : 'ScaledObject';
  return `the ${kind} ${name}`;
}

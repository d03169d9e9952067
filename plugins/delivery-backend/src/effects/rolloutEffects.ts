import { InputError } from '@backstage/errors';
import type { EffectContext, EffectHandlers } from '@slipway/workflow-engine';
import type { Observation } from '@slipway/backstage-plugin-delivery-common';
import type { DeliveryCallContext } from '@slipway/backstage-plugin-delivery-node';
import { compareSeries } from '../domain/analysis/comparison/compareSeries';
import type { MeasureEffectResult } from '../domain/rollout/decide';
import { fingerprint } from '../domain/rollout/desired';
import type { RolloutEffect } from '../domain/rollout/effects';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';
import { done, forGood } from './forGood';

// How often a target is looked at while it changes, and while it should not.
const convergeMs = 500;
const watchMs = 2000;

/** Carries out what rollouts ask of the world, through the installed modules. */
export function createRolloutEffects(
  registry: DeliveryRegistry,
): Omit<EffectHandlers<RolloutEffect>, 'delivery.gates' | 'delivery.windows'> {
  return {
    'delivery.prepare': (effect, context) =>
      forGood(async () => {
        const runtime = registry.getRuntime(effect.runtime);
        await runtime.prepare(effect.target, effect.release, call(context));
        return { kind: 'done' };
      }),

    'delivery.conclude': (effect, context) =>
      forGood(async () => {
        const runtime = registry.getRuntime(effect.runtime);
        await runtime.conclude?.(effect.target, effect.release, call(context));
        return { kind: 'done' };
      }),

    'delivery.converge': (effect, context) =>
      forGood(async () => {
        const runtime = registry.getRuntime(effect.runtime);
        const observation = await runtime.apply(
          effect.target,
          effect.desired,
          call(context),
        );
        return observation.converged || isNews(observation, effect.seen)
          ? done(observation)
          : { kind: 'again', afterMs: convergeMs };
      }),

    'delivery.watch': (effect, context) =>
      forGood(async () => {
        const runtime = registry.getRuntime(effect.runtime);
        const observation = await runtime.observe(effect.target, call(context));
        return observation && isNews(observation, effect.seen)
          ? done(observation)
          : { kind: 'again', afterMs: watchMs };
      }),

    'delivery.measure': async (effect, context) => {
      // A measurement that cannot be taken is a fact about the verification, not a fault to be retried here: the
      // metric's own limits say how many of them are too many.
      let measured: MeasureEffectResult['measured'];
      try {
        measured = await measure(registry, effect, call(context));
      } catch (error) {
        measured = {
          error: error instanceof Error ? error.message : String(error),
        };
      }
      return done({ metric: effect.metric, measured });
    },

    'delivery.step': (effect, context) =>
      forGood(async () =>
        done(
          await registry
            .getStepKind(effect.name)
            .run(effect.config, effect.subject, call(context)),
        ),
      ),
  };
}

async function measure(
  registry: DeliveryRegistry,
  effect: Extract<RolloutEffect, { kind: 'delivery.measure' }>,
  context: DeliveryCallContext,
): Promise<MeasureEffectResult['measured']> {
  const { query, subject, comparison } = effect;
  const provider = registry.getProvider(effect.provider);
  if (!comparison) return provider.measure(query, subject, context);
  if (!provider.compare)
    throw new InputError(`${provider.title} cannot compare two releases`);
  const series = await provider.compare(query, subject, context);
  // Here and not where the rollout decides, so that the points themselves are stored nowhere.
  return {
    comparison: compareSeries(series, comparison),
    ...(series.message && { message: series.message }),
  };
}

function call(context: EffectContext): DeliveryCallContext {
  return {
    signal: context.signal,
    idempotencyKey: `${context.runId}/${context.key}`,
  };
}

function isNews(observation: Observation, seen: string | undefined): boolean {
  return fingerprint(observation) !== seen;
}

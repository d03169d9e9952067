import type { EffectContext, EffectHandlers } from '@slipway/workflow-engine';
import type { PromotionEffect } from '../domain/promotion/effects';
import type { PromotionRollouts } from '../service/promotions/PromotionRollouts';
import { done, forGood } from './forGood';

// An abort that was heard is looked at again, in case the rollout was retried at that moment.
const abortAgainMs = 2000;
const soonestMs = 500;
const latestMs = 10_000;

/** Carries out what promotions ask for, with the rollouts of the service layer. */
export function createPromotionEffects(
  rollouts: () => PromotionRollouts,
): EffectHandlers<PromotionEffect> {
  return {
    'delivery.promotion.launch': async (effect, { runId }) =>
      done(await rollouts().launch(effect, runId)),

    'delivery.promotion.recall': async (effect, { runId }) =>
      done(await rollouts().recall(effect, runId)),

    'delivery.promotion.follow': async (effect, context) => {
      const news = await rollouts().news(effect.rollouts);
      return news.length
        ? done(news)
        : { kind: 'again', afterMs: nextLookMs(effect.since, context) };
    },

    'delivery.promotion.turn': ({ rolloutId }) =>
      forGood(async () => {
        await rollouts().letBegin(rolloutId);
        return { kind: 'done' };
      }),

    'delivery.promotion.abort': ({ rolloutId, reason }) =>
      forGood(async () => {
        await rollouts().abort(rolloutId, reason);
        return { kind: 'again', afterMs: abortAgainMs };
      }),

    'delivery.promotion.return': (effect, { runId }) =>
      forGood(async () => done(await rollouts().giveBack(effect, runId))),
  };
}

/** What has not changed for days need not be looked at every second. */
function nextLookMs(since: number, { now }: EffectContext): number {
  return Math.min(latestMs, Math.max(soonestMs, (now() - since) / 10));
}

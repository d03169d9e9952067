import type { EffectHandler } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { DeploymentStore } from '../database/DeploymentStore';
import { factsMark } from '../domain/gates/factsMark';
import { busyMs, lookAgainMs } from '../domain/gates/nextLook';
import type {
  GatedRequest,
  GatesEffectResult,
  RolloutEffect,
} from '../domain/rollout/effects';
import type { GateFactsReader } from '../service/gates/GateFactsReader';
import { done } from './forGood';

/**
 * Looks at what gates are judged by. Where all that is known lets the rollout begin, the target is taken first, so that
 * the facts are those of the moment in which it begins; whoever does not begin after all gives it back.
 */
export function createGatesEffect(options: {
  knex: Knex;
  facts: GateFactsReader;
  now: () => number;
}): EffectHandler<Extract<RolloutEffect, { kind: 'delivery.gates' }>> {
  return async ({ known, request, take }, { runId }) => {
    const target = take
      ? await takeTarget(options.knex, request, runId)
      : undefined;
    const result: GatesEffectResult = {
      facts: await options.facts.read(request),
      ...target,
    };
    return known && isKnown(result, known, options.now())
      ? { kind: 'again', afterMs: againMs(known, options.now()) }
      : done(result);
  };
}

type Known = NonNullable<
  Extract<RolloutEffect, { kind: 'delivery.gates' }>['known']
>;

/** Whether there is nothing to tell. A look writes nothing then: a freeze may last for weeks, and hold many. */
function isKnown(
  { busyWith, facts, taken }: GatesEffectResult,
  known: Known,
  now: number,
): boolean {
  return (
    !taken &&
    busyWith === known.busyWith &&
    (known.until === undefined || now < known.until) &&
    factsMark(facts) === known.mark
  );
}

function againMs({ busyWith, since, until = Infinity }: Known, now: number) {
  return Math.max(
    1,
    Math.min(
      busyWith === undefined ? lookAgainMs(since, now) : busyMs,
      until - now,
    ),
  );
}

function takeTarget(
  knex: Knex,
  request: GatedRequest,
  rolloutId: string,
): Promise<Pick<GatesEffectResult, 'taken' | 'busyWith'>> {
  return knex.transaction(async tx => {
    const record = await DeploymentStore.takeForHeld(tx, request, rolloutId);
    if (!record) return {};
    if (record.activeRolloutId !== rolloutId)
      return { busyWith: record.activeRolloutId };
    const runs = record.release?.releaseId === request.releaseId;
    // What runs and was lost is brought back by rolling it out once more.
    const previous =
      runs && record.health === 'stopped' ? undefined : record.release;
    return {
      taken: {
        ...(previous && { previous }),
        previousReplicas: record.replicas || 1,
        generation: record.generation,
      },
    };
  });
}

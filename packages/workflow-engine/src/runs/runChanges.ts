import { v7 as timeOrderedUuid } from 'uuid';
import type { Actor, EngineCommand } from '../api/workflow';
import type { EffectEnd, LeasedEffect, Run } from '../store/rows';
import { earliest } from './handOver';
import type { Plan } from './planDecision';
import { isTerminal } from './planDecision';

/** Who acts when nobody outside does. */
export const ENGINE: Actor = { type: 'system', id: 'engine' };

export interface StartRequest {
  type: string;
  command: { type: string };
  actor: Actor;
  id?: string;
  idempotencyKey?: string;
  priority?: number;
}

export function newRun(request: StartRequest, now: number): Run {
  return {
    // Neighbours in time are neighbours in every index, so a commit touches few pages.
    id: request.id ?? timeOrderedUuid(),
    type: request.type,
    version: 0,
    revision: 0,
    state: undefined,
    status: { kind: 'running' },
    resume: undefined,
    priority: request.priority ?? 0,
    timers: {},
    openEffects: 0,
    effectsDue: undefined,
    createdAt: now,
    updatedAt: now,
    finishedAt: undefined,
  };
}

/** How the engine tells a run what came of an effect. */
export function commandOf(effect: LeasedEffect, end: EffectEnd): EngineCommand {
  const { key, kind, attempts } = effect;
  return end.kind === 'succeeded'
    ? { type: 'effect.succeeded', key, kind, result: end.result, attempts }
    : {
        type: 'effect.failed',
        key,
        kind,
        error: end.error,
        attempts,
        reason: end.reason,
      };
}

/** The run as a plan leaves it. */
export function changedRun(
  run: Run,
  plan: Plan,
  now: number,
  openEffects: number,
  effectsDue: number | undefined,
): Run {
  return {
    ...run,
    version: run.version + plan.events.length,
    revision: run.revision + 1,
    state: plan.state,
    status: plan.status,
    resume: undefined,
    timers: plan.timers,
    openEffects,
    effectsDue: earliest([
      effectsDue,
      ...plan.newEffects.map(effect => effect.dueAt),
    ]),
    updatedAt: now,
    finishedAt: isTerminal(plan.status) ? now : undefined,
  };
}

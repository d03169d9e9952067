import type {
  Actor,
  Decision,
  EngineCommand,
  RetryPolicy,
  RunStatus,
  WorkflowDefinition,
} from '../api/workflow';
import { DuplicateEffectError, InvariantViolationError } from '../errors';
import type { NewEffect } from '../store/RunStore';
import type { Run } from '../store/rows';

export type AnyWorkflow = WorkflowDefinition<
  unknown,
  { type: string },
  { type: string },
  { kind: string }
>;

/** The wait of a run whose `decide` threw on something that the engine told it. */
export const DECIDE_FAILED = 'engine.decide-failed';

export const isTerminal = (status: RunStatus): boolean =>
  status.kind === 'succeeded' ||
  status.kind === 'failed' ||
  status.kind === 'cancelled';

export const isParked = (run: Run): boolean =>
  run.status.kind === 'waiting' && run.status.wait === DECIDE_FAILED;

const DEFAULT_RETRY: RetryPolicy = {
  maxAttempts: 5,
  initialDelayMs: 1000,
  factor: 2,
  maxDelayMs: 60_000,
  jitter: true,
};

export interface Plan {
  events: { type: string }[];
  state: unknown;
  status: RunStatus;
  timers: Record<string, number>;
  newEffects: NewEffect[];
  cancelKeys: string[];
}

/**
 * Asks the workflow and folds the answer; pure. A new run comes with version 0 and state undefined.
 * @throws InvariantViolationError, or what the workflow throws
 */
export function planDecision(options: {
  workflow: AnyWorkflow;
  run: Run;
  command: { type: string } | EngineCommand;
  actor: Actor;
  now: number;
  ageingMs: number;
  /** Effect kinds that have a handler. */
  kinds: ReadonlySet<string>;
}): Plan {
  const { workflow, run, command, actor, now } = options;
  const decision = workflow.decide(run.state, command, {
    now,
    actor,
    runId: run.id,
  });
  let state = run.state;
  for (const event of decision.events) {
    state = workflow.evolve(state, event);
  }
  if (state === undefined) {
    throw new InvariantViolationError(
      run.id,
      'the first decision must return an event, so that the run has a state',
    );
  }
  const status =
    decision.status ?? (isParked(run) && run.resume ? run.resume : run.status);
  assertStatus(run.id, status, decision);
  const timers = applyTimers(run, command, decision);
  assertKeysDiffer(run.id, decision.effects ?? []);
  return {
    events: decision.events,
    state,
    status,
    timers: isTerminal(status) ? {} : timers,
    newEffects: (decision.effects ?? []).map(request => {
      if (!options.kinds.has(request.effect.kind)) {
        throw new InvariantViolationError(
          run.id,
          `no handler for the effect kind '${request.effect.kind}' was given to createEngine`,
        );
      }
      const deadlineAt = wholeMs(run.id, 'deadlineAt', request.deadlineAt);
      return {
        key: request.key,
        effect: request.effect,
        target: request.target,
        orderKey: Math.round(
          now - (run.priority + (request.priority ?? 0)) * options.ageingMs,
        ),
        dueAt: wholeMs(run.id, 'notBefore', request.notBefore) ?? now,
        deadlineAt,
        timeoutMs: wholeMs(run.id, 'timeoutMs', request.timeoutMs),
        retry: retryPolicy(run.id, request.retry),
        handOver: false,
      };
    }),
    cancelKeys: [...new Set(decision.cancelEffects ?? [])],
  };
}

/**
 * No run may stand without a wake time or a named wait.
 * @throws InvariantViolationError
 */
export function assertAwake(
  runId: string,
  status: RunStatus,
  openEffects: number,
  timers: object,
) {
  if (
    status.kind === 'running' &&
    openEffects === 0 &&
    Object.keys(timers).length === 0
  ) {
    throw new InvariantViolationError(
      runId,
      "it would stand still: 'running' needs an open effect or a timer; request one, name a wait, or finish the run",
    );
  }
}

function assertStatus(
  runId: string,
  status: RunStatus,
  decision: Decision<{ type: string }, { kind: string }>,
): void {
  if (
    status.kind === 'waiting' &&
    decision.status &&
    !/^(?!engine\.).+/.test(status.wait)
  ) {
    throw new InvariantViolationError(
      runId,
      `'${status.wait}' is no name for a wait; use one that is not empty and does not begin with 'engine.'`,
    );
  }
  const asksForMore =
    (decision.effects?.length ?? 0) > 0 ||
    decision.timers?.some(timer => timer.at !== null);
  if (isTerminal(status) && asksForMore) {
    throw new InvariantViolationError(
      runId,
      `a run that has ${status.kind} cannot request effects or timers; leave them out or keep it running`,
    );
  }
}

function assertKeysDiffer(runId: string, effects: { key: string }[]): void {
  const keys = new Set<string>();
  for (const { key } of effects) {
    if (keys.has(key)) {
      throw new DuplicateEffectError(runId, key);
    }
    keys.add(key);
  }
}

function applyTimers(
  run: Run,
  command: { type: string } | EngineCommand,
  decision: Decision<{ type: string }, { kind: string }>,
): Record<string, number> {
  const timers = { ...run.timers };
  if (command.type === 'timer.fired' && 'name' in command) {
    delete timers[command.name];
  }
  for (const { name, at } of decision.timers ?? []) {
    if (at === null) {
      delete timers[name];
    } else {
      timers[name] = wholeMs(run.id, `timer '${name}'`, at)!;
    }
  }
  return timers;
}

function wholeMs(
  runId: string,
  what: string,
  value: number | undefined,
): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw new InvariantViolationError(
      runId,
      `${what} must be finite milliseconds, not ${value}`,
    );
  }
  return Math.ceil(value);
}

function retryPolicy(
  runId: string,
  given: Partial<RetryPolicy> | undefined,
): RetryPolicy {
  const policy = { ...DEFAULT_RETRY, ...given };
  if (!Number.isInteger(policy.maxAttempts) || policy.maxAttempts < 1) {
    throw new InvariantViolationError(
      runId,
      `retry.maxAttempts must be a whole number from 1, not ${policy.maxAttempts}`,
    );
  }
  return policy;
}

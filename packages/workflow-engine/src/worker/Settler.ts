import type { BreakerOptions, EngineLogger } from '../api/engine';
import { describeError } from '../errorSummary';
import type { Committed } from '../runs/Committed';
import { WorkflowFault } from '../runs/Committed';
import type { Runs } from '../runs/Runs';
import type { StepGroup } from '../runs/StepGroup';
import type { Database, Statement } from '../store/Database';
import type { EffectStore } from '../store/EffectStore';
import type { GroupCommit } from '../store/GroupCommit';
import { FencedError } from '../store/RunStore';
import type { EffectEnd, LeasedEffect } from '../store/rows';
import { breakerFailure, breakerSuccess } from '../store/TargetStore';
import type { Attempt } from './attemptEffect';
import type { Held } from './Leases';
import type { Places } from './Places';
import { retryDelay } from './retryDelay';
import type { Sleeper } from './Sleeper';

/** How often a projection may fail on one step before the run is parked. */
export const PROJECTION_TRIES = 3;
export const LONGEST_RETRY_MS = 5000;

const isLost = ({ signal }: AbortController): boolean =>
  signal.aborted &&
  ['LeaseLostError', 'EffectCancelledError', 'EngineStoppedError'].includes(
    signal.reason?.name,
  );

const pause = (ms: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, ms));

/** Writes what came of attempts. */
export class Settler {
  constructor(
    private readonly database: Database,
    private readonly commits: GroupCommit,
    private readonly effects: EffectStore,
    private readonly runs: Runs,
    private readonly steps: StepGroup,
    private readonly places: Places,
    private readonly sleeper: Sleeper,
    private readonly options: {
      breaker: BreakerOptions;
      random: () => number;
      logger: EngineLogger;
    },
    private readonly isStopped: () => boolean,
  ) {}

  /** Writes what came of an attempt, however often the database must be asked, while the lease stands. */
  async settle(held: Held, attempt: Attempt): Promise<Committed | undefined> {
    const { effect, abort } = held;
    const { logger, random, breaker } = this.options;
    let fault: WorkflowFault | undefined;
    let faults = 0;
    for (let tries = 1; ; tries++) {
      try {
        switch (attempt.kind) {
          case 'abandoned':
            return undefined;
          case 'again':
            await this.effects.again(effect, attempt.afterMs);
            this.sleeper.wakeIn(attempt.afterMs);
            return undefined;
          case 'retry': {
            const delayMs = retryDelay(effect.retry, effect.attempts, random);
            await this.effects.retry(effect, delayMs, attempt.error, breaker);
            this.sleeper.wakeIn(delayMs);
            return undefined;
          }
          default:
            return await this.#end(held, attempt, fault);
        }
      } catch (error) {
        if (error instanceof FencedError || isLost(abort)) {
          return undefined;
        }
        if (error instanceof WorkflowFault) {
          faults += 1;
          fault = faults >= PROJECTION_TRIES ? error : undefined;
        }
        if (this.isStopped()) {
          return undefined;
        }
        const waitMs = Math.min(
          LONGEST_RETRY_MS,
          20 * 2 ** Math.min(tries, 10),
        );
        logger.warn(
          `The end of effect '${effect.key}' of run '${effect.runId}' could not be written; next try in ${waitMs} ms: ${describeError(error)}`,
        );
        await pause(waitMs);
      }
    }
  }

  async #end(
    held: Held,
    attempt: Attempt & { kind: 'ended' },
    fault: WorkflowFault | undefined,
  ): Promise<Committed | undefined> {
    const { effect } = held;
    const { end } = attempt;
    if (effect.target === undefined && !fault) {
      const step =
        (await this.#endTogether(effect, end)) ??
        // Others changed the run, and it was forgotten: it is read and tried once more before it costs four statements.
        (effect.memory.recall()
          ? undefined
          : await this.#endTogether(effect, end));
      if (step) {
        return step;
      }
    }
    let breaker: Statement | undefined;
    if (attempt.counts) {
      breaker =
        end.kind === 'succeeded'
          ? breakerSuccess(this.database, effect)
          : breakerFailure(
              this.database,
              effect,
              end.error,
              this.options.breaker,
            );
    }
    const handOver = this.places.openHandOver(1);
    let committed: Committed | undefined;
    try {
      committed = await this.commits.run(tx =>
        this.runs.endEffect(tx, effect, end, handOver, breaker, fault),
      );
    } finally {
      handOver.close(committed ? committed.leased.length : 1);
    }
    return committed;
  }

  async #endTogether(
    effect: LeasedEffect,
    end: EffectEnd,
  ): Promise<Committed | undefined> {
    const handOver = this.places.openHandOver(1);
    const step = await this.steps.write({
      kind: 'end',
      effect,
      end,
      handOver,
    });
    handOver.close(step?.committed.leased.length ?? 1);
    return step?.committed;
  }
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Knex } from 'knex';
import type {
  BreakerOptions,
  EngineLogger,
  EngineOptions,
} from '../api/engine';
import type { Notifier } from '../notify/Notifier';
import type { Committed, HandOver } from '../runs/Committed';
import { WorkflowFault } from '../runs/Committed';
import type { Runs } from '../runs/Runs';
import type { StepGroup } from '../runs/StepGroup';
import type { Database, Statement } from '../store/Database';
import type { GroupCommit } from '../store/GroupCommit';
import { describeError } from '../errorSummary';
import type { Claimant, EffectStore } from '../store/EffectStore';
import { FencedError } from '../store/RunStore';
import { breakerFailure, breakerSuccess } from '../store/TargetStore';
import type { TargetStore } from '../store/TargetStore';
import type { LeasedEffect } from '../store/rows';
import type { Attempt } from './attemptEffect';
import { attemptEffect } from './attemptEffect';
import type { Held } from './Leases';
import { Leases } from './Leases';
import { retryDelay } from './retryDelay';

/** How often a projection may fail on one step before the run is parked. */
const PROJECTION_TRIES = 3;
/** Below this a look at the database costs more than the wait. */
const CONTENDED_SLEEP_MS = 25;
const SHORTEST_SLEEP_MS = 2;
const LONGEST_RETRY_MS = 5000;
/** How long aborted handlers may take to clean up before their leases are given back. */
const ABORT_GRACE_MS = 1000;

class EngineStoppedError extends Error {
  readonly name = 'EngineStoppedError';
}

const isLost = ({ signal }: AbortController): boolean =>
  signal.aborted &&
  ['LeaseLostError', 'EffectCancelledError', 'EngineStoppedError'].includes(
    signal.reason?.name,
  );

const pause = (ms: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, ms));

/** Waits until all have ended, also those that join meanwhile, but no longer than `ms`. */
async function settledWithin(
  running: ReadonlySet<Promise<void>>,
  ms: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<'up'>(resolve => {
    timer = setTimeout(() => resolve('up'), ms);
  });
  while (running.size > 0) {
    if ((await Promise.race([Promise.all(running), timeUp])) === 'up') {
      break;
    }
  }
  clearTimeout(timer);
}

export interface WorkerOptions {
  concurrency: number;
  pollMs: number;
  breaker: BreakerOptions;
  handlers: EngineOptions['handlers'];
  claimant: Claimant;
  random: () => number;
  logger: EngineLogger;
}

/** Claims effects, runs their handlers, tells the runs, fires timers. */
export class Worker {
  readonly #leases: Leases;
  /** Places in use: handlers that run and places promised to transactions under way. */
  #inUse = 0;
  /** More is ready than this worker could take when it last looked. */
  #backlog = false;
  #targetsReady = false;
  #working = false;
  #nudged = false;
  #stopped = false;
  /** Wakes the sleeper, who looks again how long to sleep. */
  #rearm?: () => void;
  /** Epoch milliseconds of work that was written since the last look. */
  #earliest = Infinity;
  #loop?: Promise<void>;
  #timers?: Promise<void>;
  readonly #running = new Set<Promise<void>>();
  /** What projections threw on timers, by run. */
  readonly #faults = new Map<string, WorkflowFault[]>();

  constructor(
    private readonly database: Database,
    private readonly commits: GroupCommit,
    private readonly effects: EffectStore,
    private readonly targets: TargetStore,
    private readonly runs: Runs,
    private readonly steps: StepGroup,
    private readonly notifier: Notifier,
    private readonly options: WorkerOptions,
    private readonly onChange: (runId: string | undefined) => void,
  ) {
    this.#leases = new Leases(
      effects,
      options.claimant.leaseMs,
      options.logger,
    );
  }

  async start(): Promise<void> {
    this.#working = true;
    this.#stopped = false;
    this.#leases.start();
    await this.notifier.start(runIds => this.#onWake(runIds));
    this.#loop = this.#work();
  }

  async stop(drainMs: number): Promise<void> {
    this.#working = false;
    this.nudge();
    await this.#loop;
    await this.#timers;
    await settledWithin(this.#running, drainMs);
    const left = this.#leases.all();
    left.forEach(({ abort }) =>
      abort.abort(new EngineStoppedError('The engine stops')),
    );
    await settledWithin(this.#running, ABORT_GRACE_MS);
    this.#stopped = true;
    this.#leases.stop();
    try {
      await this.effects.release(left.map(({ effect }) => effect));
    } catch (error) {
      this.options.logger.warn(
        `Leases could not be released and will run out: ${describeError(error)}`,
      );
    }
    await this.notifier.stop();
  }

  /** Looks for work now. */
  nudge(): void {
    this.#nudged = true;
    this.#rearm?.();
  }

  /** Opens a transaction's account of places. `own` are places that it holds already. */
  openHandOver(own: number): HandOver & { close(used: number): void } {
    let held = own;
    let used = 0;
    const { claimant, concurrency } = this.options;
    const take = (wanted: number): number => {
      if (!this.#working) {
        return 0;
      }
      const more = Math.min(
        Math.max(0, wanted - (held - used)),
        concurrency - this.#inUse,
      );
      this.#inUse += more;
      held += more;
      const taken = Math.min(wanted, held - used);
      used += taken;
      return taken;
    };
    return {
      owner: claimant.owner,
      leaseMs: claimant.leaseMs,
      // With others waiting, the queue's order decides who comes next, not who was born last.
      reservePlain: wanted => (this.#backlog ? 0 : take(wanted)),
      claimMore: async (tx: Knex.Transaction, targetsReady: boolean) => {
        if (!this.#backlog && !targetsReady) {
          return [];
        }
        if (this.commits.isShared) {
          // One claim for all their places follows, instead of one for each.
          return [];
        }
        const places = take(held - used + concurrency - this.#inUse);
        if (places === 0) {
          return [];
        }
        const claimed = await this.effects.claim(
          tx,
          claimant,
          places,
          targetsReady || this.#targetsReady,
        );
        used -= places - claimed.length;
        this.#backlog = claimed.length === places;
        return claimed;
      },
      close: leased => {
        this.#inUse -= held - leased;
        if (held > leased) {
          this.#onPlaceFree();
        }
      },
    };
  }

  /** To be called once the transaction is committed, after closing its hand-over. */
  afterCommit(committed: Committed): void {
    this.targets.remember(committed.targets);
    this.#leases.cancel(committed.cancelled);
    committed.leased.forEach(effect => this.#run(effect));
    if (committed.ready && this.#inUse < this.options.concurrency) {
      this.nudge();
    } else if (committed.ready) {
      this.#backlog = true;
    }
    if (committed.nextDue !== undefined) {
      this.#wakeBy(committed.nextDue);
    }
    this.onChange(committed.runId);
    this.notifier.publish(committed.runId);
  }

  /** The same for a transaction of the caller's, of which only the end is known, not whether it was a commit. */
  afterForeignEnd(committed: Committed): void {
    this.nudge();
    void this.#leases.check([committed.runId]);
    this.onChange(committed.runId);
    this.notifier.publish(committed.runId);
  }

  #onWake(runIds: string[]): void {
    if (this.#inUse >= this.options.concurrency) {
      this.#backlog = true;
    }
    this.nudge();
    void this.#leases.check(runIds);
    if (runIds.length === 0) {
      this.onChange(undefined);
    }
    runIds.forEach(runId => this.onChange(runId));
  }

  async #work(): Promise<void> {
    let failures = 0;
    while (this.#working) {
      // SQLite answers without a turn of the event loop; handlers, timers and signals need one.
      await nextTurn();
      this.#nudged = false;
      this.#earliest = Infinity;
      let sleepMs: number;
      try {
        sleepMs = await this.#tick();
        failures = 0;
      } catch (error) {
        failures += 1;
        sleepMs = Math.min(
          LONGEST_RETRY_MS,
          this.options.pollMs * 2 ** Math.min(failures, 10),
        );
        this.options.logger.warn(
          `The workflow engine could not look for work; next try in ${sleepMs} ms: ${describeError(error)}`,
        );
      }
      await this.#sleep(sleepMs);
    }
  }

  /** Does what is due; returns how long to sleep, in milliseconds. */
  async #tick(): Promise<number> {
    const { claimant, concurrency, pollMs, random } = this.options;
    const ahead = await this.effects.lookAhead(claimant);
    const isDue = (at: number | undefined): boolean =>
      at !== undefined && at <= ahead.now;
    let stirred = false;
    if (isDue(ahead.nextLeaseEnd)) {
      await this.effects.reclaimExpired((policy, attempts) =>
        retryDelay(policy, attempts, random),
      );
      stirred = true;
    }
    if (isDue(ahead.nextDeadline)) {
      await this.effects.expireDeadlines();
      stirred = true;
    }
    if (isDue(ahead.nextScheduled)) {
      await this.effects.promoteDue();
      stirred = true;
    }
    if (isDue(ahead.nextTimer)) {
      this.#timers ??= this.#fireTimers().finally(() => {
        this.#timers = undefined;
      });
    }
    this.#targetsReady = ahead.targetReady;
    const places = concurrency - this.#inUse;
    if (places <= 0) {
      this.#backlog ||= ahead.plainReady || ahead.targetReady || stirred;
      return pollMs;
    }
    if (this.#working && (stirred || ahead.plainReady || ahead.targetReady)) {
      const claimed = await this.#claim(places, stirred || ahead.targetReady);
      this.#backlog = claimed === places;
      if (claimed > 0 || stirred) {
        return 0;
      }
      if (ahead.targetReady) {
        // Its row was held by a transaction that may leave it as it is; nobody wakes us then.
        return CONTENDED_SLEEP_MS;
      }
    } else {
      this.#backlog = false;
    }
    const next = Math.min(
      ...[
        ahead.nextScheduled,
        ahead.nextDeadline,
        ahead.nextLeaseEnd,
        ahead.nextProbe,
      ].map(at => at ?? Infinity),
      this.#timers ? Infinity : (ahead.nextTimer ?? Infinity),
    );
    return Math.min(pollMs, Math.max(SHORTEST_SLEEP_MS, next - ahead.now));
  }

  async #claim(places: number, withTargets: boolean): Promise<number> {
    this.#inUse += places;
    let claimed: LeasedEffect[] = [];
    try {
      const { claimant } = this.options;
      claimed =
        this.database.dialect === 'postgres' && !withTargets
          ? await this.effects.claim(
              this.database.knex,
              claimant,
              places,
              false,
            )
          : await this.commits.run(tx =>
              this.effects.claim(tx, claimant, places, withTargets),
            );
    } finally {
      this.#inUse -= places - claimed.length;
    }
    claimed.forEach(effect => this.#run(effect));
    return claimed.length;
  }

  /** Takes over an effect whose place is counted already. */
  #run(effect: LeasedEffect): void {
    const held = this.#leases.hold(effect);
    const running = this.#runAndSettle(held).catch(error => {
      this.options.logger.error(
        `Effect '${effect.key}' of run '${effect.runId}' was dropped: ${describeError(error)}`,
      );
    });
    this.#running.add(running);
    void running.finally(() => this.#running.delete(running));
  }

  async #runAndSettle(held: Held): Promise<void> {
    let committed: Committed | undefined;
    try {
      await nextTurn();
      const attempt = await attemptEffect(
        held.effect,
        this.options.handlers[held.effect.kind],
        held.abort,
        () => this.database.now(),
      );
      committed = await this.#settle(held, attempt);
    } finally {
      this.#leases.drop(held);
      // With a commit the place went over to what the commit leased, or was given back there.
      if (!committed) {
        this.#inUse -= 1;
        if (held.effect.target !== undefined) {
          // Others may wait for the target.
          this.nudge();
        }
        this.#onPlaceFree();
      }
    }
    if (committed) {
      this.afterCommit(committed);
      const { target } = held.effect;
      const passedOn = committed.leased.some(next => next.target === target);
      // What was requested of the target while this was being committed was not to be seen in that transaction, and
      // found the target taken.
      if (target !== undefined && !passedOn) {
        this.nudge();
      }
    }
  }

  #onPlaceFree(): void {
    if (this.#backlog) {
      this.nudge();
    }
  }

  /** Writes what came of an attempt, however often the database must be asked, while the lease stands. */
  async #settle(held: Held, attempt: Attempt): Promise<Committed | undefined> {
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
            this.#wakeIn(attempt.afterMs);
            return undefined;
          case 'retry': {
            const delayMs = retryDelay(effect.retry, effect.attempts, random);
            await this.effects.retry(effect, delayMs, attempt.error, breaker);
            this.#wakeIn(delayMs);
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
        if (this.#stopped) {
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
      const together = this.openHandOver(1);
      const step = await this.steps.write({
        kind: 'end',
        effect,
        end,
        handOver: together,
      });
      together.close(step?.committed.leased.length ?? 1);
      if (step) {
        return step.committed;
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
    const handOver = this.openHandOver(1);
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

  async #fireTimers(): Promise<void> {
    while (this.#working) {
      await nextTurn();
      const handOver = this.openHandOver(0);
      let runId: string | undefined;
      let committed: Committed | undefined;
      try {
        committed = await this.commits.run(tx =>
          this.runs.fireTimer(
            tx,
            handOver,
            id =>
              this.#faults
                .get(id)
                ?.find((_fault, index) => index === PROJECTION_TRIES - 1),
            id => {
              runId = id;
            },
          ),
        );
      } catch (error) {
        this.options.logger.warn(
          `A timer of run '${runId}' could not be fired: ${describeError(error)}`,
        );
        if (runId === undefined || !(error instanceof WorkflowFault)) {
          return;
        }
        this.#faults.set(runId, [...(this.#faults.get(runId) ?? []), error]);
      } finally {
        handOver.close(committed?.leased.length ?? 0);
      }
      if (committed) {
        this.#faults.delete(committed.runId);
        this.afterCommit(committed);
      } else if (runId === undefined) {
        // None was due any more.
        this.nudge();
        return;
      }
    }
  }

  #wakeIn(delayMs: number): void {
    this.#wakeBy(this.database.now() + delayMs);
  }

  #wakeBy(at: number): void {
    this.#earliest = Math.min(this.#earliest, at);
    this.#rearm?.();
  }

  async #sleep(ms: number): Promise<void> {
    // The wall clock may jump while it sleeps.
    const end = performance.now() + ms;
    while (this.#working && !this.#nudged) {
      const left = Math.min(
        end - performance.now(),
        this.#earliest - this.database.now(),
      );
      if (left <= 0) {
        break;
      }
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, left);
        this.#rearm = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#rearm = undefined;
    }
  }
}

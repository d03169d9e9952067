import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  BreakerOptions,
  EngineLogger,
  EngineOptions,
} from '../api/engine';
import type { Notifier } from '../notify/Notifier';
import type { Committed, HandOver } from '../runs/Committed';
import type { Runs } from '../runs/Runs';
import type { StepGroup } from '../runs/StepGroup';
import type { Database } from '../store/Database';
import type { GroupCommit } from '../store/GroupCommit';
import { describeError } from '../errorSummary';
import type { Claimant, EffectStore } from '../store/EffectStore';
import type { StepStore } from '../store/StepStore';
import type { TargetStore } from '../store/TargetStore';
import type { LeasedEffect } from '../store/rows';
import { attemptEffect } from './attemptEffect';
import type { Held } from './Leases';
import { Leases } from './Leases';
import { Places } from './Places';
import { retryDelay } from './retryDelay';
import { settledWithin } from './settledWithin';
import { LONGEST_RETRY_MS, Settler } from './Settler';
import { Sleeper } from './Sleeper';
import { Timers } from './Timers';

/** Below this a look at the database costs more than the wait. */
const CONTENDED_SLEEP_MS = 25;
const SHORTEST_SLEEP_MS = 2;
/** How long aborted handlers may take to clean up before their leases are given back. */
const ABORT_GRACE_MS = 1000;

class EngineStoppedError extends Error {
  readonly name = 'EngineStoppedError';
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
  readonly #sleeper: Sleeper;
  readonly #places: Places;
  readonly #settler: Settler;
  readonly #timers: Timers;
  #working = false;
  #stopped = false;
  #loop?: Promise<void>;
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly commits: GroupCommit,
    private readonly effects: EffectStore,
    private readonly targets: TargetStore,
    runs: Runs,
    private readonly stepStore: StepStore,
    steps: StepGroup,
    private readonly notifier: Notifier,
    private readonly options: WorkerOptions,
    private readonly onChange: (runId: string | undefined) => void,
  ) {
    this.#leases = new Leases(
      effects,
      options.claimant.leaseMs,
      options.logger,
    );
    this.#sleeper = new Sleeper(database);
    this.#places = new Places(commits, effects, options, () => this.nudge());
    this.#settler = new Settler(
      database,
      commits,
      effects,
      runs,
      steps,
      this.#places,
      this.#sleeper,
      options,
      () => this.#stopped,
    );
    this.#timers = new Timers(
      commits,
      runs,
      this.#places,
      this.#sleeper,
      options.logger,
      committed => this.afterCommit(committed),
    );
  }

  async start(): Promise<void> {
    this.#working = true;
    this.#places.open = true;
    this.#stopped = false;
    this.#leases.start();
    await this.notifier.start(runIds => this.#onWake(runIds));
    this.#loop = this.#work();
  }

  async stop(drainMs: number): Promise<void> {
    this.#working = false;
    this.#places.open = false;
    this.nudge();
    await this.#loop;
    await this.#timers.settled();
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
    this.#sleeper.nudge();
  }

  openHandOver(own: number): HandOver & { close(used: number): void } {
    return this.#places.openHandOver(own);
  }

  /** To be called once the transaction is committed, after closing its hand-over. */
  afterCommit(committed: Committed): void {
    this.targets.remember(committed.targets);
    this.#leases.cancel(committed.cancelled);
    committed.leased.forEach(effect => this.#run(effect));
    // Until the next look: effects with targets must not be overtaken meanwhile.
    this.#places.targetsReady ||=
      committed.ready && committed.targets.length > 0;
    if (committed.ready && this.#places.free > 0) {
      this.nudge();
    } else if (committed.ready) {
      this.#places.backlog = true;
    }
    if (committed.nextDue !== undefined) {
      this.#sleeper.wakeBy(committed.nextDue);
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
    if (this.#places.free <= 0) {
      this.#places.backlog = true;
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
      this.#sleeper.forget();
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
      if (this.#working) {
        await this.#sleeper.sleep(sleepMs);
      }
    }
  }

  /** Does what is due; returns how long to sleep, in milliseconds. */
  async #tick(): Promise<number> {
    const { claimant, pollMs, random } = this.options;
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
      this.#timers.fire();
    }
    this.#places.targetsReady = ahead.targetReady;
    const places = this.#places.free;
    if (places <= 0) {
      this.#places.backlog ||= ahead.plainReady || ahead.targetReady || stirred;
      return pollMs;
    }
    if (this.#working && (stirred || ahead.plainReady || ahead.targetReady)) {
      const claimed = await this.#claim(places, stirred || ahead.targetReady);
      this.#places.backlog = claimed === places;
      if (claimed > 0 || stirred) {
        return 0;
      }
      if (ahead.targetReady) {
        // Its row was held by a transaction that may leave it as it is; nobody wakes us then.
        return CONTENDED_SLEEP_MS;
      }
    } else {
      this.#places.backlog = false;
    }
    const next = Math.min(
      ...[
        ahead.nextScheduled,
        ahead.nextDeadline,
        ahead.nextLeaseEnd,
        ahead.nextProbe,
      ].map(at => at ?? Infinity),
      this.#timers.areFiring ? Infinity : (ahead.nextTimer ?? Infinity),
    );
    return Math.min(pollMs, Math.max(SHORTEST_SLEEP_MS, next - ahead.now));
  }

  async #claim(places: number, withTargets: boolean): Promise<number> {
    this.#places.inUse += places;
    let claimed: LeasedEffect[] = [];
    try {
      const { claimant } = this.options;
      claimed =
        this.database.dialect === 'postgres' && !withTargets
          ? (await this.stepStore.write([], places)).claimed
          : await this.commits.run(tx =>
              this.effects.claim(tx, claimant, places, withTargets),
            );
    } finally {
      this.#places.inUse -= places - claimed.length;
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
      committed = await this.#settler.settle(held, attempt);
    } finally {
      this.#leases.drop(held);
      // With a commit the place went over to what the commit leased, or was given back there.
      if (!committed) {
        this.#places.giveBack(1);
        if (held.effect.target !== undefined) {
          // Others may wait for the target.
          this.nudge();
        }
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
}

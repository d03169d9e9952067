import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EngineLogger } from '../api/engine';
import { describeError } from '../errorSummary';
import type { Committed } from '../runs/Committed';
import { WorkflowFault } from '../runs/Committed';
import type { Runs } from '../runs/Runs';
import type { GroupCommit } from '../store/GroupCommit';
import type { Places } from './Places';
import { PROJECTION_TRIES } from './Settler';
import type { Sleeper } from './Sleeper';

/** Fires the timers of runs, one after the other. */
export class Timers {
  #firing?: Promise<void>;
  /** What projections threw, by run. */
  readonly #faults = new Map<string, WorkflowFault[]>();

  constructor(
    private readonly commits: GroupCommit,
    private readonly runs: Runs,
    private readonly places: Places,
    private readonly sleeper: Sleeper,
    private readonly logger: EngineLogger,
    private readonly afterCommit: (committed: Committed) => void,
  ) {}

  get areFiring(): boolean {
    return this.#firing !== undefined;
  }

  /** Fires all that are due; does not wait for them. */
  fire(): void {
    this.#firing ??= this.#fireAll().finally(() => {
      this.#firing = undefined;
    });
  }

  async settled(): Promise<void> {
    await this.#firing;
  }

  async #fireAll(): Promise<void> {
    while (this.places.open) {
      await nextTurn();
      const handOver = this.places.openHandOver(0);
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
        this.logger.warn(
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
        this.sleeper.nudge();
        return;
      }
    }
  }
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SubmitResult } from '../api/records';
import type { Database } from '../store/Database';
import type { Committed } from './Committed';
import type { Together, TogetherWriter } from './TogetherWriter';

/** More in one transaction would make the first of them wait long for its commit. */
const LARGEST_GROUP = 64;
/** While one group waits for the disk the next is written. */
const MOST_AT_ONCE = 2;

type Step = { result: () => SubmitResult; committed: Committed };

interface Member {
  decision: Together;
  resolve(step: Step | undefined): void;
  reject(error: unknown): void;
}

/** Whether the database said no, so that nothing was written. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'severity' in error;

/**
 * Postgres: writes decisions that are ready at the same time in one statement, however many they are. Whatever is not
 * plain, and every member of a group that fails, is answered with undefined: do it alone.
 */
export class StepGroup {
  #waiting: Member[] = [];
  #underWay = 0;

  constructor(
    private readonly database: Database,
    private readonly writer: TogetherWriter,
  ) {}

  /** @throws what broke the connection under a start, which may have been written */
  async write(decision: Together): Promise<Step | undefined> {
    if (this.database.dialect !== 'postgres') {
      return undefined;
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ decision, resolve, reject });
      void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    if (this.#underWay >= MOST_AT_ONCE) {
      return;
    }
    this.#underWay += 1;
    // Handlers that are ready end in the same turn; a turn is no wait.
    await nextTurn();
    while (this.#waiting.length > 0) {
      await this.#write(this.#waiting.splice(0, LARGEST_GROUP));
    }
    this.#underWay -= 1;
  }

  async #write(members: Member[]): Promise<void> {
    let steps: (Step | undefined)[] = [];
    try {
      steps = await this.writer.write(members.map(({ decision }) => decision));
    } catch (error) {
      if (!isRefusal(error)) {
        // The connection broke, perhaps after the commit. An end is fenced by its lease; a second start would be a
        // second run.
        members.forEach(
          ({ decision, reject }) => decision.kind === 'start' && reject(error),
        );
      }
      // Each alone finds out whether it was the reason.
    }
    members.forEach(({ resolve }, index) => resolve(steps[index]));
  }
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SubmitResult } from '../api/records';
import type { Dialect } from '../store/Database';
import { PerhapsWrittenError } from '../store/StepStore';
import type { Committed } from './Committed';
import type { Together, TogetherWriter } from './TogetherWriter';

/** More in one transaction would make the first of them wait long for its commit. */
const LARGEST_GROUP = 64;
/** On Postgres, while one group waits for the disk the other is written. SQLite has one connection. */
const MOST_AT_ONCE = { postgres: 2, sqlite: 1 };
/** Fewer are not worth a transaction of their own. */
const SMALLEST_SHARE = 8;

type Step = { result: () => SubmitResult; committed: Committed };

interface Member {
  decision: Together;
  resolve(step: Step | undefined): void;
  reject(error: unknown): void;
}

/**
 * Writes decisions that are ready at the same time in one transaction, however many they are. Whatever is not plain,
 * and every member of a group that fails, is answered with undefined: do it alone.
 */
export class StepGroup {
  #waiting: Member[] = [];
  #underWay = 0;
  #writing = 0;

  constructor(
    private readonly dialect: Dialect,
    private readonly writer: TogetherWriter,
  ) {}

  /** @throws what broke the connection under a start, which may have been written */
  async write(decision: Together): Promise<Step | undefined> {
    if (!this.writer.takes(decision)) {
      return undefined;
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ decision, resolve, reject });
      void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    if (this.#underWay >= MOST_AT_ONCE[this.dialect]) {
      return;
    }
    this.#underWay += 1;
    // Handlers that are ready end in the same turn; a turn is no wait.
    await nextTurn();
    while (this.#waiting.length > 0) {
      const members = this.#waiting.splice(0, this.#share());
      this.#writing += 1;
      await this.#write(members);
      this.#writing -= 1;
    }
    this.#underWay -= 1;
  }

  /**
   * How many to write now. Those who end together begin together and end together again; were they never parted, the
   * database and this process would only ever wait for each other.
   */
  #share(): number {
    const free = MOST_AT_ONCE[this.dialect] - this.#writing;
    const share = Math.ceil(this.#waiting.length / free);
    return Math.min(LARGEST_GROUP, Math.max(SMALLEST_SHARE, share));
  }

  async #write(members: Member[]): Promise<void> {
    let steps: (Step | undefined)[] = [];
    try {
      steps = await this.writer.write(members.map(({ decision }) => decision));
    } catch (error) {
      if (error instanceof PerhapsWrittenError) {
        // An end is fenced by its lease; a second start would be a second run.
        members.forEach(
          ({ decision, reject }) =>
            decision.kind === 'start' && reject(error.error),
        );
      }
      // Each alone finds out whether it was the reason.
    }
    members.forEach(({ resolve }, index) => resolve(steps[index]));
  }
}

import type { Location } from '../databases';

export const STEPS = 4;

/** An engine as the benchmark sees it. */
export interface Contender {
  name: string;
  /** An engine that is ready to work on an empty database. */
  open(location: Location, concurrency: number): Promise<Session>;
}

export interface Session {
  /** Starts so many workflows of {@link STEPS} steps and returns when the end of each is in the database. */
  complete(runs: number): Promise<void>;
  close(): Promise<void>;
}

/** Runs `work` for 0 … count-1, so many at a time. */
export async function atOnce(
  count: number,
  concurrency: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(count, concurrency) }, async () => {
      while (next < count) {
        await work(next++);
      }
    }),
  );
}

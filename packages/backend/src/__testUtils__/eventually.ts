import { pause } from './Portal';

/** Tries for a minute, or as long as it is said, then fails as the last try did. */
export async function eventually<T>(
  attempt: () => Promise<T>,
  withinMs = 60_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(250);
    }
  }
}

/**
 * Half a minute, in milliseconds: a page asks many times within a second or two, and this is what an
 * administrator has to wait after a change.
 */
export const REMEMBER_MS = 30_000;

/** Loads something once for everybody who asks within half a minute. A failure is not remembered. */
export function remembered<T>(
  load: () => Promise<T>,
  now: () => number = Date.now,
): () => Promise<T> {
  let known: { value: Promise<T>; until: number } | undefined;
  return () => {
    if (!known || known.until <= now()) {
      const fresh = { value: load(), until: now() + REMEMBER_MS };
      known = fresh;
      fresh.value.catch(() => {
        if (known === fresh) known = undefined;
      });
    }
    return known.value;
  };
}

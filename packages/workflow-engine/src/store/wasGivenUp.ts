/** Postgres: `serialization_failure` and `deadlock_detected`. */
const givenUp = new Set(['40001', '40P01']);

/**
 * Whether the database gave a transaction up because of others at the same moment. Nothing of it is written, and nothing
 * is wrong with it: it is to be tried again from its beginning.
 */
export function wasGivenUp(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return (
    (typeof code === 'string' && givenUp.has(code)) ||
    (cause !== undefined && cause !== error && wasGivenUp(cause))
  );
}

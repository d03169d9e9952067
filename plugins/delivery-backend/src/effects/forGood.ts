import {
  type EffectOutcome,
  NotRetryableError,
} from '@slipway/workflow-engine';
import type { JsonValue } from '@backstage/types';

const forGoodNames = new Set([
  'InputError',
  'NotFoundError',
  'NotAllowedError',
  'ConflictError',
]);

/** Says of what is wrong for good that trying again does not help. */
export async function forGood(
  act: () => Promise<EffectOutcome>,
): Promise<EffectOutcome> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Error && forGoodNames.has(error.name))
      throw new NotRetryableError(error.message);
    throw error;
  }
}

/** Results are JSON by their types' contract; a round trip makes it true of what modules return. */
export function done(result: unknown): EffectOutcome {
  return {
    kind: 'done',
    result: JSON.parse(JSON.stringify(result)) as JsonValue,
  };
}

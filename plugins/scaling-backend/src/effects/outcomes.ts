import {
  type EffectOutcome,
  type JsonValue,
  NotRetryableError,
} from '@slipway/workflow-engine';

/** How often something that is waited for is looked at. */
const againMs = 2000;

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

export function done<Result extends object>(result: Result): EffectOutcome {
  return { kind: 'done', result: result as unknown as JsonValue };
}

/** Nothing is new; look later. */
export function again(afterMs = againMs): EffectOutcome {
  return { kind: 'again', afterMs };
}

export function gone(workload: string): NotRetryableError {
  return new NotRetryableError(`${workload} is not there any more`);
}

import { runInNewContext } from 'node:vm';
import { InputError, isError } from '@backstage/errors';
import { JSONPath } from 'jsonpath-plus';

const MAX_MS = 500;

/** One match is answered as it is, several as a list, none as `null`. Throws `InputError` for a path that does not work. */
export function selectValue(document: unknown, jsonPath: string): unknown {
  // The library takes documents such as `0` and `false` for missing ones. A scalar has nothing below it.
  if (typeof document !== 'object' || document === null) {
    return jsonPath === '$' ? document : null;
  }
  const evaluate = () =>
    JSONPath({ path: jsonPath, json: document, eval: false, wrap: true });
  let matches: unknown;
  try {
    // A short path can ask for more visits than there is time for, and nothing else stops synchronous work. The path
    // itself runs no code, so this is a stopwatch and not a sandbox.
    matches = runInNewContext('evaluate()', { evaluate }, { timeout: MAX_MS });
  } catch (error) {
    if (isError(error) && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new InputError(
        `'jsonPath' takes more than ${MAX_MS} ms on this document; write a more direct one`,
      );
    }
    throw new InputError(
      "'jsonPath' cannot be evaluated; filters ?() and scripts () are not supported",
    );
  }
  if (!Array.isArray(matches) || matches.length === 0) return null;
  return matches.length === 1 ? matches[0] : matches;
}

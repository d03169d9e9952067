import { ConflictError } from '@backstage/errors';

/** The caller decided on a version that is no longer the present one. Over HTTP 412, elsewhere a conflict. */
export class StaleVersionError extends ConflictError {
  name = 'ConflictError' as const;

  constructor(expected: number, actual: number, what = 'rollout') {
    super(
      `The ${what} is at version ${actual}, not ${expected}; read it again and decide anew`,
    );
  }
}

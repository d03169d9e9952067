import { ServiceUnavailableError } from '@backstage/errors';
import { FieldError } from '../api/FieldError';

/** The errors by which a vendor's module says that the request itself is wrong, or not possible now. */
const answers = new Set([
  'InputError',
  'NotFoundError',
  'NotAllowedError',
  'ConflictError',
  'NotImplementedError',
  'ServiceUnavailableError',
]);

/** A vendor did not answer. What it said instead is for the log: it can hold addresses and more. */
export class VendorUnavailableError extends ServiceUnavailableError {
  name = 'ServiceUnavailableError' as const;

  constructor(
    title: string,
    readonly reason: Error,
  ) {
    super(`${title} could not answer; try again later`);
  }
}

/**
 * Asks a vendor's module while a caller waits. When it says that the request is wrong, that concerns the field at `pointer`. What is not one of the errors of the interface is a fault of the vendor,
 * not of this backend, and becomes a `VendorUnavailableError`.
 */
export async function askVendor<T>(
  title: string,
  ask: () => Promise<T>,
  pointer?: string,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const reason = error instanceof Error ? error : new Error(String(error));
    if (pointer && reason.name === 'InputError')
      throw new FieldError([{ pointer, detail: reason.message }]);
    if (answers.has(reason.name)) throw reason;
    throw new VendorUnavailableError(title, reason);
  }
}

import {
  ConflictError,
  NotAllowedError,
  ResponseError,
} from '@backstage/errors';

/** What delivery refuses is for whoever asks to know: `what` says what did not come about. Other errors stay what they are. */
export function deliveryInWords(error: unknown, what: string): unknown {
  if (!(error instanceof ResponseError)) return error;
  const { message } = error.body.error;
  if (error.statusCode === 403) return new NotAllowedError(message);
  return error.statusCode < 500
    ? new ConflictError(`${what}: ${message}`)
    : error;
}

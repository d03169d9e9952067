import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';

/** Turns what an API answered into an error whose type and text a task's log can show as they are; a ResponseError says no more than a status. */
export function explainApiError(api: string, error: unknown): Error {
  if (error instanceof ResponseError) {
    const text = error.cause.message;
    switch (error.statusCode) {
      case 400:
      case 422:
        return new InputError(text);
      case 401:
        return new AuthenticationError(text);
      case 403:
        return new NotAllowedError(text);
      case 404:
        return new NotFoundError(text);
      case 409:
      case 412:
        return new ConflictError(text);
      default:
        return new ServiceUnavailableError(
          `${api} answered ${error.statusCode}: ${text}`,
        );
    }
  }
  // What fetch throws when nobody answers.
  if (error instanceof TypeError) {
    return new ServiceUnavailableError(
      `${api} cannot be reached; see whether its backend plugin is installed and runs`,
      error,
    );
  }
  return error instanceof Error ? error : new Error(toError(error).message);
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ErrorRequestHandler } from 'express';
import type { FieldProblem } from './FieldError';
import { StaleVersionError } from '../service/StaleVersionError';
import { VendorUnavailableError } from '../service/vendor';

const statusOf: Record<string, number> = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  ConflictError: 409,
  NotImplementedError: 501,
  ServiceUnavailableError: 503,
};

const titleOf: Record<number, string> = {
  400: 'The request is not valid',
  401: 'Nobody is signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Not possible now',
  412: 'It has changed meanwhile',
  413: 'The request is too large',
  415: 'The content type is not supported',
  500: 'Something failed here',
  503: 'What this needs does not answer',
};

/** RFC 9457 problem details, with what Backstage's own clients look for beside them. */
interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: FieldProblem[];
  error: { name: string; message: string };
  response: { statusCode: number };
}

/** Turns whatever was thrown into RFC 9457 problem details, with Backstage's error beside them. */
export function problemDetails(logger: LoggerService): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusFor(error);
    if (status >= 500)
      logger.error(
        `${request.method} ${request.path} failed`,
        error instanceof VendorUnavailableError ? error.reason : error,
      );
    const ours = status >= 500 && status !== 503;
    const detail = ours ? 'See the log of the backend.' : words(error);
    const name = ours ? 'InternalServerError' : String(error.name);
    const fields = fieldsOf(error);
    const problem: Problem = {
      type: 'about:blank',
      title: titleOf[status] ?? 'The request was refused',
      status,
      detail,
      ...(fields.length && { errors: fields }),
      error: { name, message: detail },
      response: { statusCode: status },
    };
    response.status(status).type('application/problem+json').json(problem);
  };
}

function statusFor(error: unknown): number {
  if (!(error instanceof Error)) return 500;
  if (error instanceof StaleVersionError) return 412;
  const byName = statusOf[error.name];
  if (byName) return byName;
  // What express and the OpenAPI validator throw carries its status.
  const status = 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

function words(error: unknown): string {
  const fields = fieldsOf(error);
  if (fields.length)
    return fields
      .map(({ pointer, detail }) => `${pointer}: ${detail}`)
      .join('; ');
  return error instanceof Error ? error.message : String(error);
}

function fieldsOf(error: unknown): FieldProblem[] {
  if (!(error instanceof Error)) return [];
  if ('fields' in error && Array.isArray(error.fields)) return error.fields;
  if (!('errors' in error) || !Array.isArray(error.errors)) return [];
  // The validator's: `/body/artifact/kind`, `/query/limit`, `/headers/if-match`.
  return error.errors.map(({ path, message }) => ({
    pointer: String(path ?? '')
      .replace(/^\/body/, '')
      .replace(/^\/(query|headers|params)\//, ''),
    detail: reworded(String(message)),
  }));
}

function reworded(message: string): string {
  return message === 'must NOT have additional properties'
    ? 'there is no such field'
    : message;
}

/** RFC 9457, with a JSON pointer to each refused field. */
interface Problem {
  detail: string;
  errors: { pointer: string; detail: string }[];
}

/** @public */
export interface ErrorDescription {
  /** HTTP status, where the API answered at all. */
  status?: number;
  message: string;
  /** Each refused field and why, for people. */
  fields: { name: string; detail: string }[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/**
 * The RFC 9457 problem in an error of the client. `ResponseError` keeps only bodies of Backstage's own shape as they
 * are; any other body it appends as text to the message of its cause, where it is found again here.
 */
function problemOf(error: unknown): Partial<Problem> | undefined {
  if (!isRecord(error)) return undefined;
  const { body } = error;
  if (!isRecord(body)) return undefined;
  if (typeof body.detail === 'string') return body as Partial<Problem>;
  const inner = isRecord(body.error) ? body.error.message : undefined;
  if (typeof inner !== 'string') return undefined;
  const start = inner.indexOf('{');
  if (start >= 0) {
    try {
      const parsed: unknown = JSON.parse(inner.slice(start));
      if (isRecord(parsed) && typeof parsed.detail === 'string') {
        return parsed as Partial<Problem>;
      }
    } catch {
      // Not a problem document; the message itself is the best there is.
    }
  }
  return { detail: inner };
}

/**
 * What people are told about an error: the API's own words, and the fields it refused.
 *
 * @public
 */
export function describeError(error: unknown): ErrorDescription {
  const problem = problemOf(error);
  const status =
    isRecord(error) && typeof error.statusCode === 'number'
      ? error.statusCode
      : undefined;
  return {
    status,
    message:
      problem?.detail ??
      (error instanceof Error ? error.message : String(error)),
    fields: (problem?.errors ?? []).map(({ pointer, detail }) => ({
      name: pointer.replace(/^\//, '').replaceAll('/', '.'),
      detail,
    })),
  };
}

const KNEX_SEPARATOR = ' - ';
const LONGEST_MESSAGE = 2000;

/**
 * What may be stored and logged of an error. Knex puts the statement with all its values before the
 * database's reason; values may be secret, so only the reason is kept. Looks at the shape and not at the
 * class, because errors of native modules and other realms are no instances of our Error.
 */
export function summarizeError(error: unknown): {
  name: string;
  message: string;
} {
  if (typeof error !== 'object' || error === null || !('message' in error)) {
    return { name: 'Error', message: String(error).slice(0, LONGEST_MESSAGE) };
  }
  const name = 'name' in error ? String(error.name) : 'Error';
  if (name === 'WorkflowFault' && 'error' in error) {
    return summarizeError(error.error);
  }
  const message = String(error.message);
  const at = 'code' in error ? message.lastIndexOf(KNEX_SEPARATOR) : -1;
  const reason = at < 0 ? message : message.slice(at + KNEX_SEPARATOR.length);
  return { name, message: reason.slice(0, LONGEST_MESSAGE) };
}

/** The same in one line. */
export function describeError(error: unknown): string {
  const { name, message } = summarizeError(error);
  return `${name}: ${message}`;
}

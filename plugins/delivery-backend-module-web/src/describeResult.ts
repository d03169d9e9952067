const MAX_TEXT = 80;

/** A result in words, for people who read the measurement. */
export function describeResult(result: unknown, jsonPath = '$'): string {
  return `${words(result)} at ${jsonPath}`;
}

function words(result: unknown): string {
  if (result === null) return 'nothing';
  if (Array.isArray(result)) {
    return result.length === 1 ? 'a list of 1' : `a list of ${result.length}`;
  }
  if (typeof result === 'object') return 'an object';
  const text = JSON.stringify(result);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

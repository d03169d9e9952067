/** What a form gives: numbers and switches as they are, and nothing for what was left empty. */
type FormValues = Record<string, string | number | boolean>;

/** Environment variables are texts; empty ones are left out, so that a field left empty sets nothing. */
export function environmentVariables(
  values: FormValues | undefined,
): Record<string, string> | undefined {
  if (!values) return undefined;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, String(value)]),
  );
}

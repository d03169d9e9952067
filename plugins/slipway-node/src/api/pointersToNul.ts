/** JSON pointers to the texts that hold the character NUL, which Postgres stores nowhere. Goes down as deep as the JSON. */
export function pointersToNul(json: unknown, pointer = ''): string[] {
  if (typeof json === 'string') return json.includes('\0') ? [pointer] : [];
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    key.includes('\0')
      ? [pointer]
      : pointersToNul(
          value,
          `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        ),
  );
}

import { FieldError } from './FieldError';

/**
 * The version in an If-Match header; undefined where any version will do.
 * @throws FieldError when it is not an ETag of this API.
 */
export function expectedVersion(
  header: string | undefined,
): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const [, version] = /^"(\d{1,15})"$/.exec(header) ?? [];
  if (!version)
    throw new FieldError([
      {
        pointer: 'If-Match',
        detail: 'must be an ETag that this API has given out, such as "12"',
      },
    ]);
  return Number(version);
}

import { FieldError } from '../domain/FieldError';

/** Which page of a list. */
export interface PageQuery {
  cursor?: string;
  limit: number;
}

/** The same, sorted. */
export interface SortedQuery extends PageQuery {
  sort: 'createdAt' | '-createdAt';
}

/** A page as the API shows it. */
export function pageBody<T>(page: {
  items: T[];
  totalItems: number;
  nextCursor?: string;
}) {
  const { items, ...rest } = page;
  return { items, page: rest };
}

/** The version that `If-Match` names. Throws `FieldError` for what this API has not given out. */
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

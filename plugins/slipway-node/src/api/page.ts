/** Of every list: where to go on, and how many items at the most. */
export interface PageQuery {
  cursor?: string;
  limit: number;
}

export interface SortedQuery extends PageQuery {
  sort: 'createdAt' | '-createdAt';
}

/** A page as the document describes it: the items, and beside them the count and the next cursor. */
export function pageBody<T>(page: {
  items: T[];
  totalItems: number;
  nextCursor?: string;
}) {
  const { items, ...rest } = page;
  return { items, page: rest };
}

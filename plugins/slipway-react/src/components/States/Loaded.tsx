import type { ReactNode } from 'react';
import { ErrorBanner } from './ErrorBanner';
import { SkeletonRows } from './SkeletonRows';

/**
 * What is read from somewhere.
 *
 * @public
 */
export interface Query<Data> {
  /** What was read last; kept when a later read fails. */
  data?: Data;
  error?: unknown;
  retry: () => void;
}

/**
 * The four states of whatever is read: loading, error (keeping what it had), empty, full.
 *
 * @public
 */
export function Loaded<Data>(props: {
  query: Query<Data>;
  /** What to say that failed. */
  errorTitle: string;
  skeleton?: ReactNode;
  isEmpty?: (data: Data) => boolean;
  empty?: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  const { query, errorTitle, skeleton, isEmpty, empty, children } = props;
  const { data, error, retry } = query;
  const banner = Boolean(error) && (
    <ErrorBanner
      title={errorTitle}
      error={error}
      stale={data !== undefined}
      onRetry={retry}
    />
  );
  if (data === undefined) {
    return <>{banner || skeleton || <SkeletonRows />}</>;
  }
  return (
    <>
      {banner}
      {isEmpty?.(data) ? empty : children(data)}
    </>
  );
}

import type { ReactNode } from 'react';
import {
  describeError,
  EmptyState,
  Loaded,
  type Query,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../hooks/useT';

/** What only some may read; to others it says whom to ask. */
export function ReadOrRefused<Data>(props: {
  query: Query<Data>;
  isEmpty?: (data: Data) => boolean;
  empty?: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  const t = useT();
  const { query, ...rest } = props;
  if (query.error && describeError(query.error).status === 403) {
    return (
      <EmptyState
        title={t('refused.title')}
        description={t('refused.description')}
      />
    );
  }
  return <Loaded query={query} errorTitle={t('page.failed')} {...rest} />;
}

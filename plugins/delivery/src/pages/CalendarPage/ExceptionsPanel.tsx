import {
  EmptyState,
  Loaded,
  Panel,
} from '@slipway/backstage-plugin-slipway-react';
import { ExceptionList } from '../../components/WindowExceptions';
import { useT } from '../../hooks/useT';
import { useWindowExceptions } from '../../hooks/useWindowExceptions';

/** Whom windows let through, or who asks for it. */
export function ExceptionsPanel() {
  const t = useT();
  const query = useWindowExceptions();
  return (
    <Panel title={t('exceptions.title')}>
      <Loaded
        query={query}
        errorTitle={t('exceptions.failed')}
        isEmpty={items => items.length === 0}
        empty={
          <EmptyState
            title={t('exceptions.none')}
            description={t('exceptions.noneHelp')}
          />
        }
      >
        {items => <ExceptionList exceptions={items} onEnded={query.retry} />}
      </Loaded>
    </Panel>
  );
}

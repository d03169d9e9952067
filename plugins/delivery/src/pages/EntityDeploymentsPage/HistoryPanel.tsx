import {
  EmptyState,
  Loaded,
  Panel,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { CursorPager } from '../../components/CursorPager';
import { RolloutsTable } from '../../components/RolloutsTable';
import { useRollouts } from '../../hooks/useRollouts';
import { useT } from '../../hooks/useT';

const defaults = { cursor: '' };

/** The rollouts of one component. */
export function HistoryPanel({ componentRef }: { componentRef: string }) {
  const t = useT();
  const [{ cursor }, setState] = useUrlState(defaults, 'rollouts.');
  const query = useRollouts({
    componentRef,
    limit: 10,
    ...(cursor && { cursor }),
  });
  return (
    <Panel title={t('rollouts.title')} flush>
      <Loaded
        query={query}
        errorTitle={t('rollouts.failed')}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState
            title={t('rollouts.empty')}
            description={t('entity.noRolloutsHelp')}
          />
        }
      >
        {({ items, page }) => (
          <>
            <RolloutsTable rollouts={items} hideComponent />
            <CursorPager
              list={t('rollouts.title')}
              page={page}
              cursor={cursor}
              onCursor={next => setState({ cursor: next }, { push: true })}
            />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

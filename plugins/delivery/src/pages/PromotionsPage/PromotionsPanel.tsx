import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import {
  EmptyState,
  Loaded,
  Panel,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { CursorPager } from '../../components/CursorPager';
import { PromotionsTable } from '../../components/PromotionsTable';
import { usePromotions } from '../../hooks/usePromotions';
import { useT } from '../../hooks/useT';

const PAGE_SIZE = 25;
const defaults = { cursor: '' };

/** The promotions that go on, or those that have ended, newest first. */
export function PromotionsPanel(props: {
  which: 'active' | 'ended';
  component: string;
  /** What to do where there are none. */
  emptyActions?: ReactNode;
}) {
  const { which, component, emptyActions } = props;
  const t = useT();
  const [{ cursor }, setState] = useUrlState(defaults, `${which}.`);
  const query = usePromotions({
    active: which === 'active',
    limit: PAGE_SIZE,
    ...(component && { componentRef: component }),
    ...(cursor && { cursor }),
  });
  const title = t(`promotions.${which}`);
  return (
    <Panel title={title} flush>
      <Box sx={{ px: query.error ? 2 : 0 }}>
        <Loaded
          query={query}
          errorTitle={t('promotions.failed')}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <EmptyState
              title={t(
                component
                  ? `promotions.noMatch.${which}`
                  : `promotions.empty.${which}`,
              )}
              description={t(`promotions.emptyHelp.${which}`)}
            >
              {emptyActions}
            </EmptyState>
          }
        >
          {({ items, page }) => (
            <>
              <PromotionsTable label={title} promotions={items} />
              <CursorPager
                list={title}
                page={page}
                cursor={cursor}
                onCursor={next => setState({ cursor: next }, { push: true })}
              />
            </>
          )}
        </Loaded>
      </Box>
    </Panel>
  );
}

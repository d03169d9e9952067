import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ListRolloutsQuery } from '@slipway/backstage-plugin-delivery-common';
import {
  ButtonLink,
  EmptyState,
  Loaded,
  PageShell,
  Panel,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { CursorPager } from '../../components/CursorPager';
import { DeliveryNav } from '../../components/DeliveryNav';
import { RolloutsTable } from '../../components/RolloutsTable';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useRollouts } from '../../hooks/useRollouts';
import { useT } from '../../hooks/useT';
import { RolloutFilters } from './RolloutFilters';
import { rolloutsUrlDefaults } from './rolloutsUrlState';

const PAGE_SIZE = 25;

/** All rollouts, newest first. */
export function RolloutsPage() {
  const t = useT();
  const links = useDeliveryLinks();
  const [state, setState] = useUrlState(rolloutsUrlDefaults);
  const oldestFirst = state.sort === 'createdAt';
  const query: ListRolloutsQuery = {
    limit: PAGE_SIZE,
    sort: oldestFirst ? 'createdAt' : '-createdAt',
    ...(state.component && { componentRef: state.component }),
    ...(state.environment && { environmentRef: state.environment }),
    ...(state.active && { active: state.active === 'true' }),
    ...(state.waiting && {
      waitingFor:
        state.waiting === 'gates' ? ('gates' as const) : ('person' as const),
    }),
    ...(state.cursor && { cursor: state.cursor }),
  };
  const isFiltered = Boolean(
    state.component || state.environment || state.active || state.waiting,
  );
  const rollouts = useRollouts(query);
  return (
    <PageShell
      title={t('rollouts.title')}
      breadcrumb={t('rollouts.title')}
      actions={<DeliveryNav />}
    >
      <Panel title={t('rollouts.title')} flush>
        <RolloutFilters
          state={state}
          onChange={patch => setState({ ...patch, cursor: '' })}
        />
        <Box sx={{ px: rollouts.error ? 2 : 0 }}>
          <Loaded
            query={rollouts}
            errorTitle={t('rollouts.failed')}
            isEmpty={({ items }) => items.length === 0}
            empty={
              <EmptyState
                title={t(isFiltered ? 'rollouts.noMatch' : 'rollouts.empty')}
                description={t(
                  isFiltered ? 'rollouts.noMatchHelp' : 'rollouts.emptyHelp',
                )}
              >
                {isFiltered ? (
                  <Button
                    variant="contained"
                    onClick={() => setState(rolloutsUrlDefaults)}
                  >
                    {t('matrix.clearFilters')}
                  </Button>
                ) : (
                  links.root && (
                    <ButtonLink to={links.root} variant="contained">
                      {t('matrix.pageTitle')}
                    </ButtonLink>
                  )
                )}
              </EmptyState>
            }
          >
            {({ items, page }) => (
              <>
                <RolloutsTable
                  rollouts={items}
                  oldestFirst={oldestFirst}
                  onSort={() =>
                    setState({
                      sort: oldestFirst ? '-createdAt' : 'createdAt',
                      cursor: '',
                    })
                  }
                />
                <CursorPager
                  list={t('rollouts.title')}
                  page={page}
                  cursor={state.cursor}
                  onCursor={cursor => setState({ cursor }, { push: true })}
                />
              </>
            )}
          </Loaded>
        </Box>
      </Panel>
    </PageShell>
  );
}

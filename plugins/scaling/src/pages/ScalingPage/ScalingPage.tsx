import { useCallback } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ListScalingTargetsQuery } from '@slipway/backstage-plugin-scaling-common';
import {
  EmptyState,
  Loaded,
  PageShell,
  Panel,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { TargetsTable } from '../../components/TargetsTable';
import { useScalingQuery } from '../../hooks/useScalingQuery';
import { useT } from '../../hooks/useT';
import { scalingUrlDefaults, type ScalingUrlState } from './scalingUrlState';
import { TargetFilters } from './TargetFilters';

const PAGE_SIZE = 50;

/** All that has replicas, and what drives it. */
export function ScalingPage() {
  const t = useT();
  const [state, setState] = useUrlState(scalingUrlDefaults);
  const { attention, cursor, driver, search, sort } = state;
  const query = {
    limit: PAGE_SIZE,
    sort,
    ...(search && { search }),
    ...(driver && { driver }),
    ...(attention && { attention: attention === 'true' }),
    ...(cursor && { cursor }),
  } as ListScalingTargetsQuery;
  const targets = useScalingQuery(['targets', query], api =>
    api.listTargets(query),
  );
  const sources = useScalingQuery(['sources'], api => api.listSources());
  const filter = useCallback(
    (patch: Partial<ScalingUrlState>) => setState({ ...patch, cursor: '' }),
    [setState],
  );
  const isFiltered = Boolean(search || driver || attention);
  return (
    <PageShell title={t('page.title')}>
      {(sources.data ?? []).map(
        ({ environmentRef, environmentName, problem }) =>
          problem && (
            <Alert
              key={environmentRef}
              severity="warning"
              sx={{ mb: 2, overflowWrap: 'anywhere' }}
            >
              {t('page.sourceProblem', { name: environmentName, problem })}
            </Alert>
          ),
      )}
      <Panel title={t('page.workloads')} flush last>
        <TargetFilters state={state} onChange={filter} />
        <Box sx={{ px: targets.error ? 2 : 0 }}>
          <Loaded
            query={targets}
            errorTitle={t('page.failed')}
            isEmpty={({ items }) => items.length === 0}
            empty={
              <EmptyState
                title={t(isFiltered ? 'page.noMatch' : 'page.empty')}
                description={t(
                  isFiltered ? 'page.noMatchHelp' : 'page.emptyHelp',
                )}
              >
                {isFiltered && (
                  <Button
                    variant="contained"
                    onClick={() => setState(scalingUrlDefaults)}
                  >
                    {t('page.clear')}
                  </Button>
                )}
              </EmptyState>
            }
          >
            {({ items, page }) => (
              <>
                <TargetsTable
                  targets={items}
                  sort={sort}
                  onSort={next => filter({ sort: next })}
                />
                <Box
                  component="nav"
                  aria-label={t('page.pages')}
                  sx={{ display: 'flex', alignItems: 'center', px: 2, py: 1 }}
                >
                  <Typography
                    variant="body2"
                    sx={{ color: 'text.secondary', mr: 'auto' }}
                  >
                    {t('page.total', { count: page.totalItems })}
                  </Typography>
                  <Button
                    size="small"
                    disabled={!cursor}
                    onClick={() => setState({ cursor: '' }, { push: true })}
                  >
                    {t('page.first')}
                  </Button>
                  <Button
                    size="small"
                    disabled={!page.nextCursor}
                    onClick={() =>
                      setState({ cursor: page.nextCursor }, { push: true })
                    }
                  >
                    {t('page.next')}
                  </Button>
                </Box>
              </>
            )}
          </Loaded>
        </Box>
      </Panel>
    </PageShell>
  );
}

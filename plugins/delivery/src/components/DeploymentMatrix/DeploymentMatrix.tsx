import { lazy, Suspense, useMemo, useState } from 'react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TablePagination from '@mui/material/TablePagination';
import TableRow from '@mui/material/TableRow';
import type {
  Deployment,
  Environment,
} from '@slipway/backstage-plugin-delivery-common';
import {
  EmptyState,
  Panel,
  ScrollTable,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { TierChip } from '../TierChip';
import { MatrixCellView } from './MatrixCellView';
import { MatrixFilters } from './MatrixFilters';
import {
  buildMatrix,
  filterMatrix,
  sortMatrix,
  SORTS,
  type MatrixRow,
} from './matrixModel';
import { matrixUrlDefaults } from './matrixUrlState';

const RolloutDialog = lazy(() =>
  import('../RolloutDialog').then(m => ({ default: m.RolloutDialog })),
);

const stickyColumn = {
  position: 'sticky',
  left: 0,
  bgcolor: 'background.paper',
  zIndex: 1,
} as const;

function ComponentCell({ row }: { row: MatrixRow }) {
  return (
    <TableCell
      component="th"
      scope="row"
      sx={{ ...stickyColumn, verticalAlign: 'top', minWidth: 140 }}
    >
      <Box sx={{ fontWeight: 600 }}>
        <EntityRefLink entityRef={row.componentRef} hideIcon>
          {row.title}
        </EntityRefLink>
      </Box>
      {row.ownerRef && (
        <Box sx={{ fontSize: 13 }}>
          <EntityRefLink
            entityRef={row.ownerRef}
            defaultKind="group"
            hideIcon
          />
        </Box>
      )}
    </TableCell>
  );
}

/** Components × environments: what runs where. */
export function DeploymentMatrix(props: {
  deployments: readonly Deployment[];
  environments: readonly Environment[];
  /** Percent of traffic of the rollouts under way, by their id. */
  weights: ReadonlyMap<string, number>;
}) {
  const { deployments, environments, weights } = props;
  const t = useT();
  const [state, setState] = useUrlState(matrixUrlDefaults);
  const [target, setTarget] = useState<{
    row: MatrixRow;
    environmentRef: string;
  }>();

  const all = useMemo(
    () => buildMatrix(deployments, environments),
    [deployments, environments],
  );
  const columns = environments.filter(
    one => !state.tier || one.tier === state.tier,
  );
  const rows = useMemo(
    () =>
      sortMatrix(
        filterMatrix(all, {
          text: state.q,
          owner: state.owner,
          system: state.system,
          drift: state.drift === 'true',
          attention: state.attention === 'true',
        }),
        SORTS.find(sort => sort === state.sort) ?? 'name',
      ),
    [all, state],
  );
  const rowsPerPage = Math.min(100, Math.max(1, Number(state.rows) || 25));
  const lastPage = Math.max(0, Math.ceil(rows.length / rowsPerPage) - 1);
  const page = Math.min(lastPage, Math.max(0, Number(state.page) || 0));
  const shown = rows.slice(page * rowsPerPage, (page + 1) * rowsPerPage);

  return (
    <Panel title={t('matrix.title')} flush>
      <MatrixFilters rows={all} state={state} onChange={setState} />
      {rows.length === 0 ? (
        <EmptyState
          title={t('matrix.noMatch')}
          description={t('matrix.noMatchHelp')}
        >
          <Button
            variant="contained"
            onClick={() => setState(matrixUrlDefaults)}
          >
            {t('matrix.clearFilters')}
          </Button>
        </EmptyState>
      ) : (
        <>
          <ScrollTable label={t('matrix.title')}>
            <TableHead>
              <TableRow>
                <TableCell sx={{ ...stickyColumn, zIndex: 2 }}>
                  {t('matrix.component')}
                </TableCell>
                {columns.map(environment => (
                  <TableCell key={environment.ref}>
                    <Box sx={{ mb: 0.5 }} title={environment.description}>
                      {environment.title}
                    </Box>
                    <TierChip tier={environment.tier} />
                  </TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {shown.map(row => (
                <TableRow
                  key={row.componentRef}
                  // Without the theme's stripes: the sticky column must be opaque, and rows are tall enough for lines.
                  sx={{
                    '&&': { bgcolor: 'background.paper' },
                    '& > *': { borderTop: 1, borderColor: 'divider' },
                  }}
                >
                  <ComponentCell row={row} />
                  {row.cells
                    .filter(cell => columns.includes(cell.environment))
                    .map(cell => (
                      <TableCell
                        key={cell.environment.ref}
                        sx={{ verticalAlign: 'top' }}
                      >
                        <MatrixCellView
                          cell={cell}
                          componentTitle={row.title}
                          weight={weights.get(
                            cell.deployment?.activeRolloutId ?? '',
                          )}
                          onRollOut={() =>
                            setTarget({
                              row,
                              environmentRef: cell.environment.ref,
                            })
                          }
                        />
                      </TableCell>
                    ))}
                </TableRow>
              ))}
            </TableBody>
          </ScrollTable>
          <TablePagination
            component="div"
            count={rows.length}
            page={page}
            rowsPerPage={rowsPerPage}
            rowsPerPageOptions={[10, 25, 50, 100]}
            labelRowsPerPage={t('tables.rowsPerPage')}
            onPageChange={(_, next) => setState({ page: String(next) })}
            onRowsPerPageChange={event =>
              setState({ rows: event.target.value, page: '0' })
            }
          />
        </>
      )}
      {target && (
        <Suspense fallback={null}>
          <RolloutDialog
            componentRef={target.row.componentRef}
            componentTitle={target.row.title}
            environmentRef={target.environmentRef}
            onClose={() => setTarget(undefined)}
          />
        </Suspense>
      )}
    </Panel>
  );
}

import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import { ScrollTable } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { StateWord } from '../StateWord';
import {
  driverWords,
  limitWords,
  loadWords,
  replicaWords,
} from '../targetWords';

const columns = [
  ['component', 'component'],
  ['environment', undefined],
  ['workload', undefined],
  ['driver', undefined],
  ['replicas', 'replicas'],
  ['limits', undefined],
  ['load', 'load'],
  ['state', undefined],
] as const;

/** One row for each workload. */
export function TargetsTable(props: {
  targets: ScalingTarget[];
  /** A column, with a minus in front when descending. */
  sort: string;
  onSort: (sort: string) => void;
}) {
  const { targets, sort, onSort } = props;
  const t = useT();
  return (
    <ScrollTable label={t('page.workloads')}>
      <TableHead>
        <TableRow>
          {columns.map(([name, key]) => (
            <TableCell
              key={name}
              sortDirection={directionOf(key, sort) ?? false}
            >
              {key ? (
                <TableSortLabel
                  active={directionOf(key, sort) !== undefined}
                  direction={directionOf(key, sort)}
                  onClick={() => onSort(sort === key ? `-${key}` : key)}
                >
                  {t(`columns.${name}`)}
                </TableSortLabel>
              ) : (
                t(`columns.${name}`)
              )}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {targets.map(target => (
          <TableRow key={target.id}>
            <TableCell component="th" scope="row">
              <EntityRefLink
                entityRef={target.componentRef}
                title={target.componentTitle}
              />
            </TableCell>
            <TableCell>{target.environmentName}</TableCell>
            <TableCell>{target.workload}</TableCell>
            <TableCell>{driverWords(t, target)}</TableCell>
            <TableCell>{replicaWords(t, target)}</TableCell>
            <TableCell>{limitWords(t, target)}</TableCell>
            <TableCell>{loadWords(t, target)}</TableCell>
            <TableCell>
              <StateWord target={target} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}

function directionOf(
  key: string | undefined,
  sort: string,
): 'asc' | 'desc' | undefined {
  if (sort === key) return 'asc';
  return sort === `-${key}` ? 'desc' : undefined;
}

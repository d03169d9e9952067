import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { DependencyComparison } from '@slipway/backstage-plugin-delivery-common';
import { ScrollTable } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

const FEW = 8;

/** Which software the release is made of differs, or why nobody knows. */
export function DependencyChanges({
  dependencies,
}: {
  dependencies: DependencyComparison;
}) {
  const t = useT();
  const [showsAll, setShowsAll] = useState(false);
  const { comparable, reason, items, to, total } = dependencies;
  if (!comparable) {
    return (
      <div>
        {t('inside.dependenciesUnknown')}
        {reason && `: ${reason}.`}
      </div>
    );
  }
  const source = to && t(`inside.source.${to.source}`);
  if (total === 0) {
    return (
      <div>
        {t('inside.sameDependencies', { count: to?.count ?? 0 })} {source}
      </div>
    );
  }
  const versions = (list: string[], none: string) =>
    list.length ? <code>{list.join(', ')}</code> : <em>{none}</em>;
  return (
    <div>
      <Box sx={{ mb: 1 }}>
        {t('inside.dependencies', {
          count: total,
          all: String(to?.count ?? 0),
        })}{' '}
        {source}
      </Box>
      <ScrollTable label={t('inside.dependenciesTitle')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('inside.dependency')}</TableCell>
            <TableCell>{t('approvals.before')}</TableCell>
            <TableCell>{t('approvals.after')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {(showsAll ? items : items.slice(0, FEW)).map(item => (
            <TableRow key={`${item.type} ${item.name}`}>
              <TableCell component="th" scope="row">
                <code>{item.name}</code>
              </TableCell>
              <TableCell>{versions(item.from, t('inside.absent'))}</TableCell>
              <TableCell>{versions(item.to, t('inside.gone'))}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
      {!showsAll && items.length > FEW && (
        <Button size="small" onClick={() => setShowsAll(true)} sx={{ mt: 1 }}>
          {t('inside.showAll', { all: String(items.length) })}
        </Button>
      )}
      {showsAll && total > items.length && (
        <Box sx={{ mt: 1 }}>
          {t('inside.more', { count: total - items.length })}
        </Box>
      )}
    </div>
  );
}

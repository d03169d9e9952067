import { useMemo } from 'react';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';
import { parseEntityRef } from '@backstage/catalog-model';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useT } from '../../hooks/useT';
import { SORTS, type MatrixRow } from './matrixModel';
import type { MatrixUrlState } from './matrixUrlState';

/** Short names of entities of one kind. */
function nameOf(ref: string, kind: string): string {
  return humanizeEntityRef(parseEntityRef(ref), { defaultKind: kind });
}

function RefSelect(props: {
  label: string;
  kind: string;
  anyText: string;
  value: string;
  refs: string[];
  onChange: (ref: string) => void;
}) {
  const { label, kind, anyText, value, refs, onChange } = props;
  // A value from the URL that no row has any more must still be shown, to be taken away.
  const options = refs.includes(value) || !value ? refs : [value, ...refs];
  return (
    <TextField
      select
      size="small"
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      SelectProps={{ displayEmpty: true }}
      InputLabelProps={{ shrink: true }}
      sx={{ minWidth: 150 }}
    >
      <MenuItem value="">{anyText}</MenuItem>
      {options.map(ref => (
        <MenuItem key={ref} value={ref}>
          {nameOf(ref, kind)}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** What of the matrix to show, in which order. */
export function MatrixFilters(props: {
  rows: readonly MatrixRow[];
  state: MatrixUrlState;
  onChange: (patch: Partial<MatrixUrlState>) => void;
}) {
  const { rows, state, onChange } = props;
  const t = useT();
  const { owners, systems } = useMemo(() => {
    const distinct = (refs: (string | undefined)[]) =>
      [...new Set(refs.filter(ref => ref !== undefined))].sort();
    return {
      owners: distinct(rows.map(row => row.ownerRef)),
      systems: distinct(rows.map(row => row.systemRef)),
    };
  }, [rows]);
  const change = (patch: Partial<MatrixUrlState>) =>
    onChange({ ...patch, page: '0' });
  return (
    <Box
      role="search"
      aria-label={t('matrix.filters')}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 2,
        alignItems: 'center',
        px: 2,
        pb: 2,
      }}
    >
      <TextField
        size="small"
        type="search"
        label={t('matrix.component')}
        value={state.q}
        onChange={event => change({ q: event.target.value })}
        sx={{ minWidth: 180 }}
      />
      <RefSelect
        label={t('matrix.owner')}
        kind="group"
        anyText={t('matrix.any')}
        value={state.owner}
        refs={owners}
        onChange={owner => change({ owner })}
      />
      <RefSelect
        label={t('matrix.system')}
        kind="system"
        anyText={t('matrix.any')}
        value={state.system}
        refs={systems}
        onChange={system => change({ system })}
      />
      <TextField
        select
        size="small"
        label={t('matrix.tier')}
        value={state.tier}
        onChange={event => change({ tier: event.target.value })}
        SelectProps={{ displayEmpty: true }}
        InputLabelProps={{ shrink: true }}
        sx={{ minWidth: 140 }}
      >
        <MenuItem value="">{t('matrix.any')}</MenuItem>
        {(['development', 'staging', 'production'] as const).map(tier => (
          <MenuItem key={tier} value={tier}>
            {t(`tier.${tier}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        size="small"
        label={t('matrix.sort')}
        value={state.sort}
        onChange={event => change({ sort: event.target.value })}
        sx={{ minWidth: 150 }}
      >
        {SORTS.map(sort => (
          <MenuItem key={sort} value={sort}>
            {t(`matrix.sorts.${sort}`)}
          </MenuItem>
        ))}
      </TextField>
      <FormControlLabel
        control={
          <Checkbox
            checked={state.drift === 'true'}
            onChange={event => change({ drift: String(event.target.checked) })}
          />
        }
        label={t('matrix.onlyDrift')}
      />
      <FormControlLabel
        control={
          <Checkbox
            checked={state.attention === 'true'}
            onChange={event =>
              change({ attention: String(event.target.checked) })
            }
          />
        }
        label={t('matrix.onlyAttention')}
      />
    </Box>
  );
}

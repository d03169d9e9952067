import { useEffect, useState } from 'react';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useT } from '../../hooks/useT';
import type { ScalingUrlState } from './scalingUrlState';

/** Milliseconds that somebody who types is given before the list is read again. */
const TYPING_MS = 300;

/** Which workloads to list. */
export function TargetFilters(props: {
  state: ScalingUrlState;
  onChange: (patch: Partial<ScalingUrlState>) => void;
}) {
  const { state, onChange } = props;
  const t = useT();
  const [typed, setTyped] = useState(state.search);
  useEffect(() => setTyped(state.search), [state.search]);
  useEffect(() => {
    if (typed === state.search) return undefined;
    const timer = setTimeout(() => onChange({ search: typed }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, state.search, onChange]);
  return (
    <Box
      role="search"
      aria-label={t('page.filters')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, p: 2 }}
    >
      <TextField
        size="small"
        label={t('page.search')}
        value={typed}
        inputProps={{ maxLength: 100 }}
        onChange={event => setTyped(event.target.value)}
      />
      <TextField
        select
        size="small"
        label={t('page.driver')}
        value={state.driver}
        onChange={event => onChange({ driver: event.target.value })}
        sx={{ minWidth: 200 }}
        SelectProps={{ displayEmpty: true }}
        InputLabelProps={{ shrink: true }}
      >
        <MenuItem value="">{t('page.all')}</MenuItem>
        <MenuItem value="hpa">{t('driver.hpa')}</MenuItem>
        <MenuItem value="keda">{t('driver.keda')}</MenuItem>
        <MenuItem value="slipway">{t('driver.slipway')}</MenuItem>
        <MenuItem value="fixed">{t('driver.fixed')}</MenuItem>
      </TextField>
      <TextField
        select
        size="small"
        label={t('page.state')}
        value={state.attention}
        onChange={event => onChange({ attention: event.target.value })}
        sx={{ minWidth: 180 }}
        SelectProps={{ displayEmpty: true }}
        InputLabelProps={{ shrink: true }}
      >
        <MenuItem value="">{t('page.all')}</MenuItem>
        <MenuItem value="true">{t('page.attention')}</MenuItem>
        <MenuItem value="false">{t('page.calm')}</MenuItem>
      </TextField>
    </Box>
  );
}

import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { ActiveField } from '../../components/ActiveField';
import { ComponentField } from '../../components/ComponentField';
import { useEnvironments } from '../../hooks/useEnvironments';
import { useT } from '../../hooks/useT';
import type { RolloutsUrlState } from './rolloutsUrlState';

/** What rollouts may wait for, one at a time. */
const waits = [
  ['person', 'rollouts.onlyWaiting'],
  ['gates', 'rollouts.onlyHeld'],
  ['window', 'rollouts.onlyHeldByWindow'],
] as const;

/** Which rollouts to list. */
export function RolloutFilters(props: {
  state: RolloutsUrlState;
  onChange: (patch: Partial<RolloutsUrlState>) => void;
}) {
  const { state, onChange } = props;
  const t = useT();
  const environments = useEnvironments().data ?? [];
  return (
    <Box
      role="search"
      aria-label={t('rollouts.filters')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, px: 2, pb: 2 }}
    >
      <ComponentField
        value={state.component}
        onChange={component => onChange({ component })}
      />
      <TextField
        select
        size="small"
        label={t('rollouts.environment')}
        value={
          environments.some(one => one.ref === state.environment)
            ? state.environment
            : ''
        }
        onChange={event => onChange({ environment: event.target.value })}
        SelectProps={{ displayEmpty: true }}
        InputLabelProps={{ shrink: true }}
        sx={{ minWidth: 150 }}
      >
        <MenuItem value="">{t('matrix.any')}</MenuItem>
        {environments.map(one => (
          <MenuItem key={one.ref} value={one.ref}>
            {one.title}
          </MenuItem>
        ))}
      </TextField>
      <ActiveField
        value={state.active}
        onChange={active => onChange({ active })}
      />
      {waits.map(([waiting, label]) => (
        <FormControlLabel
          key={waiting}
          control={
            <Checkbox
              checked={state.waiting === waiting}
              onChange={event =>
                onChange({ waiting: event.target.checked ? waiting : '' })
              }
            />
          }
          label={t(label)}
        />
      ))}
    </Box>
  );
}

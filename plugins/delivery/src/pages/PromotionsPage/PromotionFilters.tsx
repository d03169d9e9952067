import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { ComponentField } from '../../components/ComponentField';
import { useT } from '../../hooks/useT';
import type { PromotionsUrlState } from './promotionsUrlState';

/** Which promotions to list. */
export function PromotionFilters(props: {
  state: PromotionsUrlState;
  onChange: (patch: Partial<PromotionsUrlState>) => void;
}) {
  const { state, onChange } = props;
  const t = useT();
  return (
    <Box
      role="search"
      aria-label={t('promotions.filters')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}
    >
      <ComponentField
        value={state.component}
        onChange={component => onChange({ component })}
      />
      <TextField
        select
        size="small"
        label={t('rollouts.state')}
        value={['true', 'false'].includes(state.active) ? state.active : ''}
        onChange={event => onChange({ active: event.target.value })}
        SelectProps={{ displayEmpty: true }}
        InputLabelProps={{ shrink: true }}
        sx={{ minWidth: 150 }}
      >
        <MenuItem value="">{t('matrix.any')}</MenuItem>
        <MenuItem value="true">{t('promotions.active')}</MenuItem>
        <MenuItem value="false">{t('promotions.ended')}</MenuItem>
      </TextField>
    </Box>
  );
}

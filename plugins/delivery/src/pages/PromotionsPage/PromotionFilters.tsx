import Box from '@mui/material/Box';
import { ActiveField } from '../../components/ActiveField';
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
      <ActiveField
        value={state.active}
        onChange={active => onChange({ active })}
      />
    </Box>
  );
}

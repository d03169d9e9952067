import { lazy, Suspense, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import {
  PageShell,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { DeliveryNav } from '../../components/DeliveryNav';
import { useT } from '../../hooks/useT';
import { PromotionFilters } from './PromotionFilters';
import { PromotionsPanel } from './PromotionsPanel';
import {
  promotionsUrlDefaults,
  type PromotionsUrlState,
} from './promotionsUrlState';

const PromotionDialog = lazy(() =>
  import('../../components/PromotionDialog').then(m => ({
    default: m.PromotionDialog,
  })),
);

/** Filters, and the first page of each list again. */
const urlDefaults = {
  ...promotionsUrlDefaults,
  'active.cursor': '',
  'ended.cursor': '',
};

/** All promotions: those that go on, then those that have ended. */
export function PromotionsPage() {
  const t = useT();
  const [state, setState] = useUrlState(urlDefaults);
  const [starts, setStarts] = useState(false);
  const filter = (patch: Partial<PromotionsUrlState>) =>
    setState({ ...patch, 'active.cursor': '', 'ended.cursor': '' });
  const clear = state.component && (
    <Button variant="outlined" onClick={() => filter(promotionsUrlDefaults)}>
      {t('matrix.clearFilters')}
    </Button>
  );
  return (
    <PageShell
      title={t('promotions.title')}
      breadcrumb={t('promotions.title')}
      actions={<DeliveryNav />}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'flex-start',
          justifyContent: 'space-between',
          gap: 2,
          mb: 2,
        }}
      >
        <PromotionFilters state={state} onChange={filter} />
        <Button variant="contained" onClick={() => setStarts(true)}>
          {t('promotions.start')}
        </Button>
      </Box>
      {state.active !== 'false' && (
        <PromotionsPanel
          which="active"
          component={state.component}
          emptyActions={
            clear || (
              <Button variant="outlined" onClick={() => setStarts(true)}>
                {t('promotions.start')}
              </Button>
            )
          }
        />
      )}
      {state.active !== 'true' && (
        <PromotionsPanel
          which="ended"
          component={state.component}
          emptyActions={clear}
        />
      )}
      {starts && (
        <Suspense fallback={null}>
          <PromotionDialog onClose={() => setStarts(false)} />
        </Suspense>
      )}
    </PageShell>
  );
}

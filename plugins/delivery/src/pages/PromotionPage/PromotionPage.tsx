import { useMemo } from 'react';
import Box from '@mui/material/Box';
import { useParams } from 'react-router-dom';
import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import {
  Loaded,
  PageShell,
  Panel,
} from '@slipway/backstage-plugin-slipway-react';
import { EventsPanel } from '../../components/EventTimeline';
import { PipelineGraph } from '../../components/PipelineGraph';
import { PromotionActions } from '../../components/PromotionActions';
import { promotionWhat } from '../../components/PromotionsTable';
import { usePromotion } from '../../hooks/usePromotion';
import { usePromotionEvents } from '../../hooks/usePromotionEvents';
import { useT } from '../../hooks/useT';
import { GatesWait } from './GatesWait';
import { HoldsWait } from './HoldsWait';
import { PromotionFacts } from './PromotionFacts';
import { PromotionMatrix } from './PromotionMatrix';
import { PromotionMessage } from './PromotionMessage';
import { promotionStages } from './promotionStages';
import { waitsForGates } from './waitsForGates';

function PromotionView(props: {
  promotion: Promotion;
  onPromotion: (promotion: Promotion) => void;
}) {
  const { promotion, onPromotion } = props;
  const t = useT();
  const events = usePromotionEvents(promotion);
  const drawn = useMemo(() => promotionStages(t, promotion), [t, promotion]);
  const isHeld = promotion.stages.some(({ status }) => status === 'onHold');
  const waits = promotion.stages.some(({ items }) => items.some(waitsForGates));
  return (
    <>
      <PromotionMessage promotion={promotion} />
      <PromotionActions promotion={promotion} onPromotion={onPromotion} />
      <Panel title={t('promotion.facts')}>
        <PromotionFacts promotion={promotion} />
      </Panel>
      {(isHeld || waits) && (
        <Panel title={t('promotion.waits')}>
          {isHeld && <HoldsWait promotion={promotion} />}
          {waits && <GatesWait promotion={promotion} />}
        </Panel>
      )}
      <Panel title={t('promotion.stages')} flush>
        <Box sx={{ px: 2 }}>
          <PipelineGraph stages={drawn} />
        </Box>
        <PromotionMatrix promotion={promotion} />
      </Panel>
      <EventsPanel query={events} />
    </>
  );
}

/** One promotion, live. */
export function PromotionPage() {
  const t = useT();
  const { id = '' } = useParams();
  const query = usePromotion(id);
  const title = query.data
    ? t('promotion.title', { what: promotionWhat(t, query.data.items) })
    : t('promotion.untitled');
  return (
    <PageShell title={title} breadcrumb={title}>
      <Loaded query={query} errorTitle={t('promotion.failed')}>
        {promotion => (
          <PromotionView
            key={promotion.id}
            promotion={promotion}
            onPromotion={now => query.mutate(now, { revalidate: false })}
          />
        )}
      </Loaded>
    </PageShell>
  );
}

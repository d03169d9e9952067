import type { PromotionStage } from '@slipway/backstage-plugin-delivery-common';
import { StatusWord } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { promotionStageLook } from './promotionStageLook';

/** How a stage of a promotion stands. */
export function PromotionStageWord({
  status,
}: {
  status: PromotionStage['status'];
}) {
  const t = useT();
  return (
    <StatusWord
      {...promotionStageLook[status]}
      label={t(`promotionStage.${status}`)}
    />
  );
}

import { Link } from '@backstage/core-components';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { usePromotionSet } from '../../hooks/usePromotionSet';
import { useT } from '../../hooks/useT';
import { promotionWhat } from '../PromotionsTable';

/** The promotion that a rollout is a part of, and what else goes with it. */
export function PromotionSet(props: {
  promotion: NonNullable<Rollout['promotion']>;
}) {
  const t = useT();
  const links = useDeliveryLinks();
  const { id, stage } = props.promotion;
  const items = usePromotionSet(id);
  const link = links.promotion(id);
  const words = t('rollout.openPromotion', { stage });
  return (
    <>
      <div>{link ? <Link to={link}>{words}</Link> : words}</div>
      {items && items.length > 1 && (
        <div>
          {t('approvals.setOf', { components: promotionWhat(t, items) })}
        </div>
      )}
    </>
  );
}

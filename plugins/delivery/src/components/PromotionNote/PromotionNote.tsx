import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import { Link } from 'react-router-dom';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { usePromotionSet } from '../../hooks/usePromotionSet';
import { useT } from '../../hooks/useT';
import { promotionWhat } from '../PromotionsTable';

/** That a rollout is one of several that are promoted together; nothing where it goes alone. */
export function PromotionNote({ rollout }: { rollout: Rollout }) {
  const t = useT();
  const links = useDeliveryLinks();
  const { promotion } = rollout;
  const items = usePromotionSet(promotion?.id);
  const link = promotion && links.promotion(promotion.id);
  if (!items || items.length < 2) return null;
  const words = t('approvals.set', { count: items.length });
  return (
    <Box title={t('approvals.setOf', { components: promotionWhat(t, items) })}>
      {link ? (
        <MuiLink component={Link} to={link}>
          {words}
        </MuiLink>
      ) : (
        words
      )}
    </Box>
  );
}

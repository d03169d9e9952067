import { Link } from '@backstage/core-components';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  RelativeTime,
  ScrollTable,
} from '@slipway/backstage-plugin-slipway-react';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { Duration } from '../Duration';
import { PromotionPhaseWord } from '../Status';
import { promotionWhat } from './promotionWhat';
import { StageProgress } from './StageProgress';

function PromotionRow({ promotion }: { promotion: Promotion }) {
  const t = useT();
  const links = useDeliveryLinks();
  const { waitingFor } = promotion;
  const what = promotionWhat(t, promotion.items);
  const link = links.promotion(promotion.id);
  return (
    <TableRow hover>
      <TableCell component="th" scope="row" sx={{ minWidth: 180 }}>
        {link ? (
          <Link to={link} aria-label={t('promotions.open', { what })}>
            {what}
          </Link>
        ) : (
          what
        )}
      </TableCell>
      <TableCell sx={{ minWidth: 220 }}>
        <StageProgress
          label={t('promotions.stagesOf', { what })}
          stages={promotion.stages}
        />
      </TableCell>
      <TableCell>
        <PromotionPhaseWord phase={promotion.phase} />
        {waitingFor && <div>{t(`promotionWaitShort.${waitingFor}`)}</div>}
      </TableCell>
      <TableCell>
        {promotion.trigger === 'automation' ? (
          t('promotions.automation')
        ) : (
          <ActorLink actor={promotion.requestedBy} />
        )}
      </TableCell>
      <TableCell>
        <RelativeTime at={promotion.createdAt} />
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        <Duration from={promotion.createdAt} to={promotion.finishedAt} />
      </TableCell>
    </TableRow>
  );
}

/** Promotions as rows, each a link to its page. */
export function PromotionsTable(props: {
  label: string;
  promotions: readonly Promotion[];
}) {
  const t = useT();
  return (
    <ScrollTable label={props.label}>
      <TableHead>
        <TableRow>
          <TableCell>{t('promotions.promotion')}</TableCell>
          <TableCell>{t('promotions.stages')}</TableCell>
          <TableCell>{t('rollouts.phase')}</TableCell>
          <TableCell>{t('rollouts.by')}</TableCell>
          <TableCell>{t('rollouts.started')}</TableCell>
          <TableCell>{t('rollouts.duration')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {props.promotions.map(promotion => (
          <PromotionRow key={promotion.id} promotion={promotion} />
        ))}
      </TableBody>
    </ScrollTable>
  );
}

import { Link } from '@backstage/core-components';
import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { Fact, Facts } from '../../components/Facts';
import { Duration } from '../../components/Duration';
import { shortDigest } from '../../components/shortDigest';
import { PromotionPhaseWord } from '../../components/Status';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';

/** What a promotion is: who asked, why, and by which document it goes. */
export function PromotionFacts({ promotion }: { promotion: Promotion }) {
  const t = useT();
  const links = useDeliveryLinks();
  const { pipeline } = promotion;
  return (
    <Facts>
      <Fact term={t('promotion.phase')}>
        <PromotionPhaseWord phase={promotion.phase} />
      </Fact>
      <Fact term={t('promotion.trigger')}>
        {t(`promotion.triggers.${promotion.trigger}`)}
      </Fact>
      {promotion.trigger === 'person' && (
        <Fact term={t('rollout.requestedBy')}>
          <ActorLink actor={promotion.requestedBy} />
        </Fact>
      )}
      <Fact term={t('rollout.started')}>
        <RelativeTime at={promotion.createdAt} />
      </Fact>
      <Fact term={t('rollout.duration')}>
        <Duration from={promotion.createdAt} to={promotion.finishedAt} />
      </Fact>
      <Fact term={t('promotion.pipeline')}>
        <div>
          {links.pipelines ? (
            <Link to={links.pipelines}>{pipeline.title}</Link>
          ) : (
            pipeline.title
          )}
        </div>
        <code title={pipeline.digest}>{shortDigest(pipeline.digest)}</code>
      </Fact>
      {promotion.reason && (
        <Fact term={t('rollout.reason')}>{promotion.reason}</Fact>
      )}
    </Facts>
  );
}

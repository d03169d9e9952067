import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { Fact, Facts } from '../Facts';
import { KubernetesTabLink } from '../KubernetesTabLink';
import { Duration } from '../Duration';
import { PromotionSet } from '../PromotionNote';
import { ReleaseLabel } from '../ReleaseLabel';
import { PhaseWord } from '../Status';
import { TierChip } from '../TierChip';
import { WeightBar } from '../WeightBar';
import { strategyKind } from './strategyKind';

/** What a rollout is: who moves what from where to where, and how far it is. */
export function RolloutFacts({ rollout }: { rollout: Rollout }) {
  const t = useT();
  const { promotion } = rollout;
  const address = rollout.observation?.address;
  return (
    <Facts>
      <Fact term={t('rollout.phase')}>
        <PhaseWord phase={rollout.phase} />
      </Fact>
      <Fact term={t('rollout.component')}>
        <EntityRefLink entityRef={rollout.componentRef} hideIcon>
          {rollout.componentTitle}
        </EntityRefLink>
      </Fact>
      <Fact term={t('rollout.environment')}>
        <Box component="span" sx={{ display: 'inline-flex', gap: 1 }}>
          <EntityRefLink entityRef={rollout.environmentRef} hideIcon>
            {rollout.environmentName}
          </EntityRefLink>
          <TierChip tier={rollout.tier} />
        </Box>
      </Fact>
      {rollout.runtime && (
        <Fact term={t('rollout.runtime')}>
          <Box component="span" sx={{ display: 'inline-flex', gap: 1 }}>
            {rollout.runtime}
            <KubernetesTabLink
              componentRef={rollout.componentRef}
              runtime={rollout.runtime}
            />
          </Box>
        </Fact>
      )}
      <Fact term={t('rollout.release')}>
        {rollout.kind !== 'scale' && (
          <>
            <ReleaseLabel release={rollout.previousRelease} /> →{' '}
          </>
        )}
        <ReleaseLabel release={rollout.release} />
      </Fact>
      <Fact term={t('rollout.weight')}>
        <WeightBar weight={rollout.weight} />
      </Fact>
      <Fact term={t('rollout.strategy')}>
        {t(`strategy.${strategyKind(rollout.strategy)}`)}
      </Fact>
      <Fact term={t('rollout.replicas')}>{rollout.replicas}</Fact>
      <Fact term={t('rollout.requestedBy')}>
        <ActorLink actor={rollout.requestedBy} />
      </Fact>
      <Fact term={t('rollout.started')}>
        <RelativeTime at={rollout.createdAt} />
      </Fact>
      <Fact term={t('rollout.duration')}>
        <Duration from={rollout.createdAt} to={rollout.finishedAt} />
      </Fact>
      {promotion && (
        <Fact term={t('rollout.promotion')}>
          <PromotionSet promotion={promotion} />
        </Fact>
      )}
      {rollout.reason && (
        <Fact term={t('rollout.reason')}>
          <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
            {rollout.reason}
          </Box>
        </Fact>
      )}
      {address && (
        <Fact term={t('rollout.address')}>
          {/^https?:\/\//.test(address) ? (
            <Link href={address} target="_blank" rel="noopener noreferrer">
              {address}
            </Link>
          ) : (
            address
          )}
        </Fact>
      )}
    </Facts>
  );
}

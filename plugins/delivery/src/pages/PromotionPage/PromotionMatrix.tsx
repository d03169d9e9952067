import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type {
  Promotion,
  PromotionItem,
  PromotionStage,
} from '@slipway/backstage-plugin-delivery-common';
import {
  RelativeTime,
  ScrollTable,
} from '@slipway/backstage-plugin-slipway-react';
import { Duration } from '../../components/Duration';
import { ReleaseLabel } from '../../components/ReleaseLabel';
import { PromotionItemWord, PromotionStageWord } from '../../components/Status';
import { statusLine } from '../../components/statusLine';
import { TierChip } from '../../components/TierChip';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { waitsForGates } from './waitsForGates';

const plainText = { fontWeight: 400, overflowWrap: 'anywhere' };

/** What is said of a stage, unless its components or what it waits for say it already. */
function ownMessageOf(stage: PromotionStage): string | undefined {
  const { message, status, items } = stage;
  if (!message || status === 'onHold') return undefined;
  return items.some(one => one.message && message.includes(one.message))
    ? undefined
    : message;
}

function StageHead({ stage }: { stage: PromotionStage }) {
  const t = useT();
  const ownMessage = ownMessageOf(stage);
  return (
    <TableCell
      component="th"
      scope="col"
      sx={{ verticalAlign: 'top', minWidth: 190 }}
    >
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <strong>{stage.title}</strong>
        <TierChip tier={stage.tier} />
      </Box>
      <Box sx={{ ...statusLine, fontWeight: 400 }}>
        <PromotionStageWord status={stage.status} />
        {stage.startedAt && (
          <Duration from={stage.startedAt} to={stage.finishedAt} />
        )}
      </Box>
      {ownMessage && <Box sx={plainText}>{ownMessage}</Box>}
      {stage.deadlineAt && !stage.finishedAt && (
        <Box sx={plainText}>
          {t('promotion.until')} <RelativeTime at={stage.deadlineAt} mayCome />
        </Box>
      )}
      <Box sx={{ ...plainText, color: 'text.secondary' }}>
        {t(`stagePolicy.onFailure.${stage.onFailure}`)}
      </Box>
    </TableCell>
  );
}

function Cell(props: { item: PromotionItem; stage: PromotionStage }) {
  const { item, stage } = props;
  const t = useT();
  const links = useDeliveryLinks();
  const state = stage.items.find(one => one.componentRef === item.componentRef);
  if (!state) return <TableCell>{t('promotion.notHere')}</TableCell>;
  const words = {
    component: item.componentTitle,
    environment: stage.environmentName,
  };
  const rollout = state.rolloutId && links.rollout(state.rolloutId);
  const rollback = state.rollbackId && links.rollout(state.rollbackId);
  return (
    <TableCell sx={{ verticalAlign: 'top', overflowWrap: 'anywhere' }}>
      <PromotionItemWord status={state.status} />
      {/* What gates say stands above, with all that wait. */}
      {state.message && !waitsForGates(state) && <div>{state.message}</div>}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}>
        {rollout && (
          <Link to={rollout} aria-label={t('promotion.openRolloutOf', words)}>
            {t('promotion.openRollout')}
          </Link>
        )}
        {rollback && (
          <Link to={rollback} aria-label={t('promotion.openRollbackOf', words)}>
            {t('promotion.openRollback')}
          </Link>
        )}
      </Box>
    </TableCell>
  );
}

/** Every component in every stage: how it stands, with its rollout and its rollback. */
export function PromotionMatrix({ promotion }: { promotion: Promotion }) {
  const t = useT();
  const titles = new Map(
    promotion.items.map(one => [one.componentRef, one.componentTitle]),
  );
  return (
    <ScrollTable label={t('promotion.matrix')}>
      <TableHead>
        <TableRow>
          <TableCell sx={{ verticalAlign: 'top' }}>
            {t('promotion.component')}
          </TableCell>
          {promotion.stages.map(stage => (
            <StageHead key={stage.name} stage={stage} />
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {promotion.items.map(item => (
          <TableRow key={item.componentRef} hover>
            <TableCell
              component="th"
              scope="row"
              sx={{ verticalAlign: 'top', minWidth: 150 }}
            >
              <EntityRefLink entityRef={item.componentRef} hideIcon>
                {item.componentTitle}
              </EntityRefLink>{' '}
              <ReleaseLabel release={item.release} />
              {item.after.length > 0 && (
                <Box sx={{ ...plainText, color: 'text.secondary' }}>
                  {t('promotion.after', {
                    components: item.after
                      .map(ref => titles.get(ref) ?? ref)
                      .join(', '),
                  })}
                </Box>
              )}
            </TableCell>
            {promotion.stages.map(stage => (
              <Cell key={stage.name} item={item} stage={stage} />
            ))}
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}

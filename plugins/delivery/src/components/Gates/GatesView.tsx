import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { RolloutGates } from '@slipway/backstage-plugin-delivery-common';
import { RelativeTime } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { Fact, Facts } from '../Facts';
import { shortDigest } from '../shortDigest';
import { GateList } from './GateList';
import { VoteList } from './VoteList';

function VoidedApprovals({
  voided,
}: {
  voided: NonNullable<RolloutGates['voided']>;
}) {
  const t = useT();
  return (
    <Box sx={{ mt: 2 }}>
      <Typography component="h4" sx={{ fontSize: 15, fontWeight: 600 }}>
        {t('gates.voided')}
      </Typography>
      <Box component="ul" aria-label={t('gates.voided')} sx={{ m: 0, pl: 2.5 }}>
        {voided.map(one => (
          <li key={one.at}>
            <RelativeTime at={one.at} />: {one.reason}{' '}
            {t('gates.voidedVotes', { count: one.votes.length })}
            <VoteList label={t('gates.votes')} votes={one.votes} />
          </li>
        ))}
      </Box>
    </Box>
  );
}

function stateKey({ breakGlass, items, status }: RolloutGates) {
  if (breakGlass) return 'gates.status.overridden';
  const isHeld = items.some(
    item => item.kind === 'window' && item.status === 'waiting',
  );
  return status === 'passed' && isHeld
    ? 'gates.state.passedThenHeld'
    : (`gates.state.${status}` as const);
}

/** The gates of a rollout: which pipeline asks for them, and how each stands. */
export function GatesView(props: { gates: RolloutGates; requestedBy: string }) {
  const { gates, requestedBy } = props;
  const t = useT();
  const { pipeline, voided } = gates;
  return (
    <>
      <Box sx={{ mb: 2 }}>
        <Facts>
          <Fact term={t('gates.title')}>{t(stateKey(gates))}</Fact>
          <Fact term={t('gates.pipeline')}>
            {pipeline ? (
              <span title={pipeline.digest}>
                {t('gates.stageOf', {
                  stage: pipeline.stage,
                  pipeline: pipeline.title,
                })}
              </span>
            ) : (
              t('gates.noPipeline')
            )}
          </Fact>
          <Fact term={t('gates.asked')}>
            <RelativeTime at={gates.requestedAt} />
          </Fact>
          {gates.decidedAt && (
            <Fact term={t('gates.decided')}>
              <RelativeTime at={gates.decidedAt} />
            </Fact>
          )}
          <Fact term={t('gates.subject')}>
            <code title={gates.subject.digest}>
              {shortDigest(gates.subject.digest)}
            </code>
          </Fact>
        </Facts>
      </Box>
      <GateList
        label={t('gates.items')}
        gates={gates.items}
        requestedBy={requestedBy}
      />
      {voided && voided.length > 0 && <VoidedApprovals voided={voided} />}
    </>
  );
}

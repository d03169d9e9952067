import { useId, useState } from 'react';
import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Collapse from '@mui/material/Collapse';
import Typography from '@mui/material/Typography';
import type {
  PipelineStage,
  ReleaseSummary,
  StagePreview,
} from '@slipway/backstage-plugin-delivery-common';
import {
  ReasonButton,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { useTargetActions } from '../../hooks/useTargetActions';
import { GateList } from '../Gates';
import { ReleaseLabel } from '../ReleaseLabel';
import { promotionWords, verificationWords } from '../StagePolicy';
import { HealthWord, PhaseWord, StageVerdictWord } from '../Status';
import { statusLine } from '../statusLine';
import { TierChip } from '../TierChip';

function Running({ stage }: { stage: StagePreview }) {
  const t = useT();
  const links = useDeliveryLinks();
  const { deployment } = stage;
  const link =
    deployment?.activeRolloutId && links.rollout(deployment.activeRolloutId);
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1.5,
      }}
    >
      {deployment?.release ? (
        <>
          <span>
            {t('pipeline.running')}{' '}
            <ReleaseLabel release={deployment.release} />
            {deployment.deployedAt && (
              <>
                , <RelativeTime at={deployment.deployedAt} />
              </>
            )}
          </span>
          <HealthWord health={deployment.health} />
        </>
      ) : (
        <span>{t('pipeline.nothingRuns')}</span>
      )}
      {deployment?.activeRolloutPhase && (
        <>
          <PhaseWord phase={deployment.activeRolloutPhase} />
          {link && <Link to={link}>{t('pipeline.openRollout')}</Link>}
        </>
      )}
    </Box>
  );
}

/** What the pipeline says of promotions through the stage. */
function Policy({ document }: { document: PipelineStage }) {
  const t = useT();
  const metrics = verificationWords(document);
  return (
    <Typography variant="body2" sx={{ color: 'text.secondary' }}>
      {[
        ...promotionWords(t, document),
        ...(metrics ? [t('stagePolicy.verification', { metrics })] : []),
      ].join(' · ')}
    </Typography>
  );
}

/** One stage: what runs there, and what would happen to the release. */
export function StageItem(props: {
  stage: StagePreview;
  /** The same stage in the pipeline's document. */
  document?: PipelineStage;
  release?: ReleaseSummary;
  componentRef: string;
  /** Titles of the stages before. */
  after: readonly string[];
  onRollOut: () => void;
}) {
  const { componentRef, stage, document, release, after, onRollOut } = props;
  const t = useT();
  const gatesId = useId();
  const title = stage.title ?? stage.stage;
  const closed = stage.gates.filter(
    gate => gate.status === 'waiting' || gate.status === 'failed',
  );
  const [open, setOpen] = useState(false);
  const permission = useTargetActions(componentRef, stage.environmentRef).data
    ?.deploy;
  const refusal = () => {
    if (!release) return t('pipeline.noReleaseToRollOut');
    if (stage.verdict === 'refused') return stage.message;
    return permission && !permission.allowed
      ? (permission.reason ?? t('actions.notAllowed'))
      : undefined;
  };
  return (
    <Box
      component="li"
      sx={{
        listStyle: 'none',
        py: 1.5,
        borderTop: 1,
        borderColor: 'divider',
        overflowWrap: 'anywhere',
      }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 1,
        }}
      >
        <Typography component="h4" sx={{ fontSize: 15, fontWeight: 600 }}>
          {title}
        </Typography>
        <span>{stage.environmentName}</span>
        <TierChip tier={stage.tier} />
        {after.length > 0 && (
          <Typography
            component="span"
            variant="body2"
            sx={{ color: 'text.secondary' }}
          >
            {t('pipeline.after', { stages: after.join(', ') })}
          </Typography>
        )}
      </Box>
      {document && <Policy document={document} />}
      <Running stage={stage} />
      {release && (
        <Box>
          <Box sx={statusLine}>
            <StageVerdictWord verdict={stage.verdict} />
            <span>{stage.message}</span>
          </Box>
          {closed.length > 0 && (
            <div>
              {t('pipeline.heldBy', {
                gates: closed.map(gate => gate.name).join(', '),
              })}
            </div>
          )}
        </Box>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 0.5 }}>
        <ReasonButton
          size="small"
          variant="outlined"
          aria-label={t('pipeline.rollOutTo', {
            version: release?.version ?? '',
            environment: stage.environmentName,
          })}
          reason={refusal()}
          onClick={onRollOut}
        >
          {t('pipeline.rollOut')}
        </ReasonButton>
        {stage.gates.length > 0 && (
          <Button
            size="small"
            aria-expanded={open}
            aria-controls={gatesId}
            onClick={() => setOpen(!open)}
          >
            {t('pipeline.gates', { stage: title })}
          </Button>
        )}
      </Box>
      <Collapse in={open} unmountOnExit id={gatesId}>
        <Box sx={{ pt: 1, pl: 2 }}>
          <GateList
            label={t('pipeline.gates', { stage: title })}
            gates={stage.gates}
          />
        </Box>
      </Collapse>
    </Box>
  );
}

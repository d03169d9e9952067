import type { ElementType, ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import CancelIcon from '@mui/icons-material/Cancel';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import CircleIcon from '@mui/icons-material/RadioButtonUnchecked';
import PauseIcon from '@mui/icons-material/PauseCircle';
import SkipIcon from '@mui/icons-material/NextPlan';
import SyncIcon from '@mui/icons-material/Sync';
import type {
  RolloutGates,
  StepState,
} from '@slipway/backstage-plugin-delivery-common';
import {
  RelativeTime,
  type StatusTone,
  StatusWord,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { Duration } from '../Duration';
import { AnalysisPanel } from './AnalysisPanel';

const looks: Record<
  StepState['status'],
  { icon: ElementType; tone: StatusTone }
> = {
  pending: { icon: CircleIcon, tone: 'disabled' },
  running: { icon: SyncIcon, tone: 'info' },
  paused: { icon: PauseIcon, tone: 'warning' },
  succeeded: { icon: CheckCircleIcon, tone: 'success' },
  failed: { icon: CancelIcon, tone: 'error' },
  skipped: { icon: SkipIcon, tone: 'disabled' },
};

/** A step in the list, whatever it is made of. */
function StepItem(props: {
  title: string;
  status: StepState['status'];
  statusLabel: string;
  isCurrent: boolean;
  startedAt?: string;
  finishedAt?: string;
  message?: string;
  children?: ReactNode;
}) {
  const { isCurrent } = props;
  const t = useT();
  return (
    <Box
      component="li"
      aria-current={isCurrent ? 'step' : undefined}
      sx={{
        listStyle: 'none',
        position: 'relative',
        pl: 2,
        pb: 2,
        ml: 1,
        borderLeft: 3,
        borderColor: isCurrent ? 'primary.main' : 'divider',
        '&:last-of-type': { pb: 0 },
      }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 2,
          alignItems: 'center',
        }}
      >
        <Typography
          component="span"
          sx={{ fontWeight: isCurrent ? 700 : 500, fontSize: 15 }}
        >
          {props.title}
        </Typography>
        <StatusWord {...looks[props.status]} label={props.statusLabel} />
        {props.startedAt && (
          <Typography
            component="span"
            variant="body2"
            sx={{ color: 'text.secondary' }}
          >
            {t('steps.started')} <RelativeTime at={props.startedAt} />,{' '}
            {props.finishedAt ? t('steps.took') : t('steps.for')}{' '}
            <Duration from={props.startedAt} to={props.finishedAt} />
          </Typography>
        )}
      </Box>
      {props.message && (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {props.message}
        </Typography>
      )}
      {props.children}
    </Box>
  );
}

const gateLooks: Record<RolloutGates['status'], StepState['status']> = {
  waiting: 'paused',
  passed: 'succeeded',
  rejected: 'failed',
  expired: 'failed',
  withdrawn: 'skipped',
};

/** All steps of a rollout, in order, with what became of each. */
export function RolloutSteps(props: {
  steps: readonly StepState[];
  /** What had to hold before the first step. */
  gates?: RolloutGates;
  /** Undefined once the rollout has ended. */
  currentIndex?: number;
}) {
  const { steps, gates, currentIndex } = props;
  const t = useT();
  return (
    <Box component="ol" aria-label={t('steps.title')} sx={{ m: 0, p: 0 }}>
      {gates && (
        <StepItem
          title={t('steps.gates')}
          status={gates.breakGlass ? 'skipped' : gateLooks[gates.status]}
          statusLabel={t(
            gates.breakGlass
              ? 'gates.status.overridden'
              : `gates.state.${gates.status}`,
          )}
          isCurrent={gates.status === 'waiting'}
          startedAt={gates.requestedAt}
          finishedAt={gates.decidedAt}
        />
      )}
      {steps.map(step => (
        <StepItem
          key={step.index}
          title={`${step.index + 1}. ${step.title}`}
          status={step.status}
          statusLabel={t(`stepStatus.${step.status}`)}
          isCurrent={gates?.status !== 'waiting' && step.index === currentIndex}
          startedAt={step.startedAt}
          finishedAt={step.finishedAt}
          message={step.message}
        >
          {step.analysis && (
            <AnalysisPanel
              analysis={step.analysis}
              isOver={step.finishedAt !== undefined}
            />
          )}
        </StepItem>
      ))}
    </Box>
  );
}

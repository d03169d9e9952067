import type { ElementType } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import CancelIcon from '@mui/icons-material/Cancel';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import CircleIcon from '@mui/icons-material/RadioButtonUnchecked';
import PauseIcon from '@mui/icons-material/PauseCircle';
import SkipIcon from '@mui/icons-material/NextPlan';
import SyncIcon from '@mui/icons-material/Sync';
import type { StepState } from '@slipway/backstage-plugin-delivery-common';
import {
  StatusWord,
  type StatusTone,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { Duration, RelativeTime } from '../RelativeTime';
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

function Step({ step, isCurrent }: { step: StepState; isCurrent: boolean }) {
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
          {step.index + 1}. {step.title}
        </Typography>
        <StatusWord
          {...looks[step.status]}
          label={t(`stepStatus.${step.status}`)}
        />
        {step.startedAt && (
          <Typography
            component="span"
            variant="body2"
            sx={{ color: 'text.secondary' }}
          >
            {t('steps.started')} <RelativeTime at={step.startedAt} />,{' '}
            {step.finishedAt ? t('steps.took') : t('steps.for')}{' '}
            <Duration from={step.startedAt} to={step.finishedAt} />
          </Typography>
        )}
      </Box>
      {step.message && (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {step.message}
        </Typography>
      )}
      {step.analysis && (
        <AnalysisPanel
          analysis={step.analysis}
          isOver={step.finishedAt !== undefined}
        />
      )}
    </Box>
  );
}

/** All steps of a rollout, in order, with what became of each. */
export function RolloutSteps(props: {
  steps: readonly StepState[];
  /** Undefined once the rollout has ended. */
  currentIndex?: number;
}) {
  const { steps, currentIndex } = props;
  const t = useT();
  return (
    <Box component="ol" aria-label={t('steps.title')} sx={{ m: 0, p: 0 }}>
      {steps.map(step => (
        <Step
          key={step.index}
          step={step}
          isCurrent={step.index === currentIndex}
        />
      ))}
    </Box>
  );
}

import type { ElementType } from 'react';
import CancelIcon from '@mui/icons-material/Cancel';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import HelpIcon from '@mui/icons-material/Help';
import SkipIcon from '@mui/icons-material/NextPlan';
import SyncIcon from '@mui/icons-material/Sync';
import WarningIcon from '@mui/icons-material/ReportProblem';
import type { AnalysisVerdict } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import {
  StatusWord,
  type StatusTone,
} from '@slipway/backstage-plugin-slipway-react';

const looks: Record<AnalysisVerdict, { icon: ElementType; tone: StatusTone }> =
  {
    running: { icon: SyncIcon, tone: 'info' },
    successful: { icon: CheckCircleIcon, tone: 'success' },
    failed: { icon: CancelIcon, tone: 'error' },
    inconclusive: { icon: HelpIcon, tone: 'warning' },
    error: { icon: WarningIcon, tone: 'warning' },
  };

/** What an automated verification found. */
export function VerdictWord(props: {
  verdict: AnalysisVerdict;
  /** Nothing will be measured any more. */
  isOver: boolean;
}) {
  const { verdict, isOver } = props;
  const t = useT();
  if (verdict === 'running' && isOver)
    return (
      <StatusWord
        icon={SkipIcon}
        tone="disabled"
        label={t('verdict.undecided')}
      />
    );
  return <StatusWord {...looks[verdict]} label={t(`verdict.${verdict}`)} />;
}

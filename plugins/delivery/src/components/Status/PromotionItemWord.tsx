import type { ElementType } from 'react';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import CircleIcon from '@mui/icons-material/RadioButtonUnchecked';
import ErrorIcon from '@mui/icons-material/Error';
import HourglassIcon from '@mui/icons-material/HourglassTop';
import ReplayIcon from '@mui/icons-material/SettingsBackupRestore';
import SkipIcon from '@mui/icons-material/NextPlan';
import SyncIcon from '@mui/icons-material/Sync';
import UndoIcon from '@mui/icons-material/Undo';
import type { PromotionStageItem } from '@slipway/backstage-plugin-delivery-common';
import {
  StatusWord,
  type StatusTone,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

const looks: Record<
  PromotionStageItem['status'],
  { icon: ElementType; tone: StatusTone }
> = {
  pending: { icon: CircleIcon, tone: 'disabled' },
  waiting: { icon: HourglassIcon, tone: 'warning' },
  running: { icon: SyncIcon, tone: 'info' },
  succeeded: { icon: CheckCircleIcon, tone: 'success' },
  skipped: { icon: SkipIcon, tone: 'disabled' },
  failed: { icon: ErrorIcon, tone: 'error' },
  rollingBack: { icon: UndoIcon, tone: 'error' },
  rolledBack: { icon: ReplayIcon, tone: 'error' },
};

/** How one component stands in a stage of a promotion. */
export function PromotionItemWord({
  status,
}: {
  status: PromotionStageItem['status'];
}) {
  const t = useT();
  return <StatusWord {...looks[status]} label={t(`promotionItem.${status}`)} />;
}

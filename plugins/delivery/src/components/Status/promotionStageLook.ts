import type { ElementType } from 'react';
import CancelIcon from '@mui/icons-material/Cancel';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import CircleIcon from '@mui/icons-material/RadioButtonUnchecked';
import ErrorIcon from '@mui/icons-material/Error';
import PauseIcon from '@mui/icons-material/PauseCircle';
import PinIcon from '@mui/icons-material/PushPin';
import ReplayIcon from '@mui/icons-material/SettingsBackupRestore';
import SyncIcon from '@mui/icons-material/Sync';
import UndoIcon from '@mui/icons-material/Undo';
import type { PromotionStage } from '@slipway/backstage-plugin-delivery-common';
import type { StatusTone } from '@slipway/backstage-plugin-slipway-react';

/** Icon and tone of a stage of a promotion. */
export const promotionStageLook: Record<
  PromotionStage['status'],
  { icon: ElementType; tone: StatusTone }
> = {
  pending: { icon: CircleIcon, tone: 'disabled' },
  onHold: { icon: PinIcon, tone: 'warning' },
  running: { icon: SyncIcon, tone: 'info' },
  waiting: { icon: PauseIcon, tone: 'warning' },
  rollingBack: { icon: UndoIcon, tone: 'error' },
  succeeded: { icon: CheckCircleIcon, tone: 'success' },
  failed: { icon: ErrorIcon, tone: 'error' },
  rolledBack: { icon: ReplayIcon, tone: 'error' },
  cancelled: { icon: CancelIcon, tone: 'disabled' },
};

import type { ElementType } from 'react';
import CancelIcon from '@mui/icons-material/Cancel';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import ErrorIcon from '@mui/icons-material/Error';
import SyncIcon from '@mui/icons-material/Sync';
import UndoIcon from '@mui/icons-material/Undo';
import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import {
  StatusWord,
  type StatusTone,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

const looks: Record<
  Promotion['phase'],
  { icon: ElementType; tone: StatusTone }
> = {
  running: { icon: SyncIcon, tone: 'info' },
  rollingBack: { icon: UndoIcon, tone: 'error' },
  succeeded: { icon: CheckCircleIcon, tone: 'success' },
  failed: { icon: ErrorIcon, tone: 'error' },
  aborted: { icon: CancelIcon, tone: 'error' },
};

/** Where a promotion stands. */
export function PromotionPhaseWord({ phase }: { phase: Promotion['phase'] }) {
  const t = useT();
  return <StatusWord {...looks[phase]} label={t(`promotionPhase.${phase}`)} />;
}

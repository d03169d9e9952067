import type { ElementType } from 'react';
import CancelIcon from '@mui/icons-material/Cancel';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import GateIcon from '@mui/icons-material/HourglassTop';
import DownloadIcon from '@mui/icons-material/Downloading';
import PauseIcon from '@mui/icons-material/PauseCircle';
import PendingIcon from '@mui/icons-material/Pending';
import ReplayIcon from '@mui/icons-material/SettingsBackupRestore';
import SyncIcon from '@mui/icons-material/Sync';
import UndoIcon from '@mui/icons-material/Undo';
import type { RolloutPhase } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import {
  StatusWord,
  type StatusTone,
} from '@slipway/backstage-plugin-slipway-react';

const looks: Record<RolloutPhase, { icon: ElementType; tone: StatusTone }> = {
  held: { icon: GateIcon, tone: 'warning' },
  pending: { icon: PendingIcon, tone: 'disabled' },
  preparing: { icon: DownloadIcon, tone: 'info' },
  progressing: { icon: SyncIcon, tone: 'info' },
  paused: { icon: PauseIcon, tone: 'warning' },
  rollingBack: { icon: UndoIcon, tone: 'error' },
  succeeded: { icon: CheckCircleIcon, tone: 'success' },
  rolledBack: { icon: ReplayIcon, tone: 'error' },
  aborted: { icon: CancelIcon, tone: 'error' },
};

/** Where a rollout stands. */
export function PhaseWord({ phase }: { phase: RolloutPhase }) {
  const t = useT();
  return <StatusWord {...looks[phase]} label={t(`phase.${phase}`)} />;
}

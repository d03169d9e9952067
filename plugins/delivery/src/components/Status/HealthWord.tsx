import type { ElementType } from 'react';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import ErrorIcon from '@mui/icons-material/Error';
import HelpIcon from '@mui/icons-material/HelpOutline';
import StopIcon from '@mui/icons-material/StopCircleOutlined';
import SyncIcon from '@mui/icons-material/Sync';
import type { HealthStatus } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import {
  StatusWord,
  type StatusTone,
} from '@slipway/backstage-plugin-slipway-react';

const looks: Record<HealthStatus, { icon: ElementType; tone: StatusTone }> = {
  healthy: { icon: CheckCircleIcon, tone: 'success' },
  progressing: { icon: SyncIcon, tone: 'info' },
  degraded: { icon: ErrorIcon, tone: 'error' },
  unknown: { icon: HelpIcon, tone: 'disabled' },
  stopped: { icon: StopIcon, tone: 'disabled' },
};

/** How well something runs. */
export function HealthWord({ health }: { health: HealthStatus }) {
  const t = useT();
  return <StatusWord {...looks[health]} label={t(`health.${health}`)} />;
}

import type { ElementType } from 'react';
import BlockIcon from '@mui/icons-material/Block';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import BreakGlassIcon from '@mui/icons-material/GppMaybe';
import HourglassIcon from '@mui/icons-material/HourglassTop';
import type { GateStatus } from '@slipway/backstage-plugin-delivery-common';
import {
  StatusWord,
  type StatusTone,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

const looks: Record<
  GateStatus['status'],
  { icon: ElementType; tone: StatusTone }
> = {
  passed: { icon: CheckCircleIcon, tone: 'success' },
  waiting: { icon: HourglassIcon, tone: 'warning' },
  failed: { icon: BlockIcon, tone: 'error' },
  overridden: { icon: BreakGlassIcon, tone: 'error' },
};

/** Whether a gate is open. */
export function GateWord({ status }: { status: GateStatus['status'] }) {
  const t = useT();
  return <StatusWord {...looks[status]} label={t(`gates.status.${status}`)} />;
}

import type { ElementType } from 'react';
import BlockIcon from '@mui/icons-material/Block';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import HourglassIcon from '@mui/icons-material/HourglassTop';
import PlayIcon from '@mui/icons-material/PlayCircle';
import type { StagePreview } from '@slipway/backstage-plugin-delivery-common';
import {
  StatusWord,
  type StatusTone,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

const looks: Record<
  StagePreview['verdict'],
  { icon: ElementType; tone: StatusTone }
> = {
  runs: { icon: CheckCircleIcon, tone: 'success' },
  ready: { icon: PlayIcon, tone: 'info' },
  held: { icon: HourglassIcon, tone: 'warning' },
  refused: { icon: BlockIcon, tone: 'error' },
};

/** What would happen to a release in a stage. */
export function StageVerdictWord({
  verdict,
}: {
  verdict: StagePreview['verdict'];
}) {
  const t = useT();
  return (
    <StatusWord {...looks[verdict]} label={t(`pipeline.verdict.${verdict}`)} />
  );
}

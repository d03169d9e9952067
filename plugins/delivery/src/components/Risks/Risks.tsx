import type { ElementType } from 'react';
import Box from '@mui/material/Box';
import DangerIcon from '@mui/icons-material/Error';
import Link from '@mui/material/Link';
import InfoIcon from '@mui/icons-material/Info';
import NoneIcon from '@mui/icons-material/CheckCircle';
import WarningIcon from '@mui/icons-material/ReportProblem';
import type { RiskFact } from '@slipway/backstage-plugin-delivery-common';
import {
  StatusWord,
  type StatusTone,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { statusLine } from '../statusLine';

/** Worst first. */
const levels: RiskFact['level'][] = ['danger', 'warning', 'info'];

const looks: Record<
  RiskFact['level'],
  { icon: ElementType; tone: StatusTone }
> = {
  danger: { icon: DangerIcon, tone: 'error' },
  warning: { icon: WarningIcon, tone: 'warning' },
  info: { icon: InfoIcon, tone: 'info' },
};

/** The highest risk, and how many there are. */
export function RiskGlance({ risks }: { risks: readonly RiskFact[] }) {
  const t = useT();
  const worst = levels.find(level => risks.some(one => one.level === level));
  return worst ? (
    <StatusWord
      {...looks[worst]}
      label={t('risk.glance', {
        count: risks.length,
        level: t(`risk.${worst}`),
      })}
    />
  ) : (
    <StatusWord icon={NoneIcon} tone="success" label={t('risk.noneShort')} />
  );
}

/** All risks, worst first. */
export function RiskList({ risks }: { risks: readonly RiskFact[] }) {
  const t = useT();
  if (risks.length === 0) return <div>{t('risk.none')}</div>;
  return (
    <Box
      component="ul"
      aria-label={t('risk.title')}
      sx={{ m: 0, p: 0, listStyle: 'none' }}
    >
      {[...risks]
        .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
        .map(risk => (
          <Box
            component="li"
            key={`${risk.level} ${risk.message}`}
            sx={statusLine}
          >
            <StatusWord
              {...looks[risk.level]}
              label={t(`risk.${risk.level}`)}
            />
            {risk.url && /^https?:\/\//.test(risk.url) ? (
              <Link href={risk.url} target="_blank" rel="noopener noreferrer">
                {risk.message}
              </Link>
            ) : (
              <span>{risk.message}</span>
            )}
          </Box>
        ))}
    </Box>
  );
}

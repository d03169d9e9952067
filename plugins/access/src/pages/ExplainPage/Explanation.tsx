import type { ElementType } from 'react';
import AllowedIcon from '@mui/icons-material/CheckCircle';
import DeniedIcon from '@mui/icons-material/Block';
import DependsIcon from '@mui/icons-material/HelpOutline';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type {
  AccessExplanation,
  AccessVerdict,
} from '@slipway/backstage-plugin-access-common';
import type { StatusTone } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { CheckedRule } from './CheckedRule';
import { WouldAllow } from './WouldAllow';

const looks: Record<AccessVerdict, { icon: ElementType; tone: StatusTone }> = {
  allow: { icon: AllowedIcon, tone: 'success' },
  deny: { icon: DeniedIcon, tone: 'error' },
  conditional: { icon: DependsIcon, tone: 'warning' },
};

/** The answer, and every rule that it rests on. */
export function Explanation(props: { explanation: AccessExplanation }) {
  const { verdict, message, rules, wouldAllow } = props.explanation;
  const t = useT();
  const { icon: Icon, tone } = looks[verdict];
  return (
    <div aria-live="polite">
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 1 }}>
        <Icon color={tone} fontSize="large" aria-hidden />
        <Typography component="p" sx={{ fontSize: 22, fontWeight: 700 }}>
          {t(`verdict.${verdict}`)}
        </Typography>
      </Box>
      <Typography variant="body1" sx={{ mb: 2, maxWidth: '80ch' }}>
        {message}
      </Typography>
      {rules.length > 0 && (
        <Box component="section" sx={{ mb: 2 }}>
          <Typography component="h4" sx={{ fontWeight: 600, mb: 1 }}>
            {t('explain.rules')}
          </Typography>
          {rules.map(rule => (
            <CheckedRule key={rule.source} rule={rule} />
          ))}
        </Box>
      )}
      {wouldAllow.length > 0 && <WouldAllow rules={wouldAllow} />}
    </div>
  );
}

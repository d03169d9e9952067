import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { AnalysisScore } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import { roundedNumber } from '../roundedNumber';

/** What the comparisons of an analysis came to together, and by which groups. */
export function ScoreView({ score }: { score: AnalysisScore }) {
  const t = useT();
  return (
    <Box sx={{ mt: 2 }}>
      <Typography variant="body2">
        <strong>
          {t('score.value', { value: roundedNumber(score.value) })}
        </strong>{' '}
        {t('score.thresholds', {
          pass: roundedNumber(score.pass),
          marginal: roundedNumber(score.marginal),
        })}
      </Typography>
      {score.criticalFailures.length > 0 && (
        <Typography variant="body2">
          {t('score.critical', { names: score.criticalFailures.join(', ') })}
        </Typography>
      )}
      <Box
        component="ul"
        aria-label={t('score.groups')}
        sx={{ m: 0, pl: 3, fontSize: 14, color: 'text.secondary' }}
      >
        {score.groups.map(({ name, weight, passed, decided, metrics }) => (
          <li key={name}>
            {t(decided ? 'score.group' : 'score.groupLeftOut', {
              name,
              passed: String(passed),
              decided: String(decided),
              weight: roundedNumber(weight),
            })}
            {decided > 0 &&
              decided < metrics &&
              ` ${t('score.open', { open: String(metrics - decided) })}`}
          </li>
        ))}
      </Box>
    </Box>
  );
}

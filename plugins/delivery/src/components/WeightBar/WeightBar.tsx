import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useT } from '../../hooks/useT';

/** The share of traffic that goes to the new release. */
export function WeightBar({ weight }: { weight: number }) {
  const t = useT();
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 120 }}>
      <LinearProgress
        variant="determinate"
        value={weight}
        aria-label={t('weight.label')}
        aria-valuetext={t('weight.text', { weight: String(weight) })}
        sx={{ flexGrow: 1, height: 8, borderRadius: 4 }}
      />
      <Typography
        component="span"
        variant="body2"
        sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
      >
        {weight} %
      </Typography>
    </Box>
  );
}

import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type {
  AnalysisState,
  ComparisonResult,
  ComparisonSettings,
} from '@slipway/backstage-plugin-delivery-common';
import { ScrollTable } from '@slipway/backstage-plugin-slipway-react';
import { useT, type T } from '../../hooks/useT';
import { DistributionChart } from '../charts';
import { roundedNumber, withUnit } from '../roundedNumber';
import { shownComparison } from './shownComparison';

type MetricState = AnalysisState['metrics'][number];

/** Why there is no distribution to draw, if there is none. */
function emptyText(
  metric: MetricState,
  comparison: ComparisonResult | undefined,
  t: T,
): string | undefined {
  if (!comparison) return t('comparison.nothingYet');
  if (comparison.classification === 'nodata')
    return t('comparison.nothingToCompareWith');
  const { histogram, unit } = comparison;
  if (histogram)
    return histogram.from === histogram.to
      ? t('comparison.allEqual', { value: withUnit(histogram.from, unit) })
      : undefined;
  return t('comparison.tooFew', {
    canary: String(comparison.points.canary),
    stable: String(comparison.points.stable),
    minimum: String(metric.comparison?.minimumPoints),
  });
}

function Numbers(props: {
  name: string;
  comparison: ComparisonResult;
  settings: ComparisonSettings;
}) {
  const { name, comparison, settings } = props;
  const { classification, shift, unit, points } = comparison;
  const t = useT();
  if (!classification || !shift) return null;
  const number = (value: number) => withUnit(value, unit);
  return (
    <>
      <Typography variant="body2" sx={{ mt: 1 }}>
        <strong>{t(`comparison.classification.${classification}`)}</strong>{' '}
        {t('comparison.shift', {
          estimate: `${shift.estimate > 0 ? '+' : ''}${number(shift.estimate)}`,
          confidence: roundedNumber(settings.confidence * 100),
          lower: number(shift.lower),
          upper: number(shift.upper),
        })}{' '}
        {t(`comparison.counts.${settings.direction}`, {
          above: number(shift.bound),
          below: number(-shift.bound),
        })}
      </Typography>
      <ScrollTable label={t('comparison.numbers', { name })}>
        <TableHead>
          <TableRow>
            <TableCell>{t('comparison.release')}</TableCell>
            <TableCell align="right">{t('comparison.points')}</TableCell>
            <TableCell align="right">{t('comparison.median')}</TableCell>
            <TableCell align="right">{t('comparison.middleHalf')}</TableCell>
            <TableCell align="right">{t('comparison.mean')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {(['canary', 'stable'] as const).map(key => {
            const summary = comparison[key];
            return (
              summary && (
                <TableRow key={key}>
                  <TableCell component="th" scope="row">
                    {t(`comparison.${key}`)}
                  </TableCell>
                  <TableCell align="right">{points[key]}</TableCell>
                  <TableCell align="right">{number(summary.median)}</TableCell>
                  <TableCell align="right">
                    {t('comparison.range', {
                      from: roundedNumber(summary.lowerQuartile),
                      to: number(summary.upperQuartile),
                    })}
                  </TableCell>
                  <TableCell align="right">{number(summary.mean)}</TableCell>
                </TableRow>
              )
            );
          })}
        </TableBody>
      </ScrollTable>
    </>
  );
}

/** The new release against the one before: both distributions, and the numbers that decide. */
export function ComparisonView({ metric }: { metric: MetricState }) {
  const t = useT();
  const comparison = shownComparison(metric.measurements);
  return (
    <Box sx={{ minWidth: 0 }}>
      <DistributionChart
        name={metric.name}
        comparison={comparison}
        emptyText={emptyText(metric, comparison, t)}
      />
      {comparison && metric.comparison && (
        <Numbers
          name={metric.name}
          comparison={comparison}
          settings={metric.comparison}
        />
      )}
    </Box>
  );
}

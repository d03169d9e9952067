import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { AnalysisState } from '@slipway/backstage-plugin-delivery-common';
import { ScrollTable } from '@slipway/backstage-plugin-slipway-react';
import { useT, type T } from '../../hooks/useT';
import { MeasurementChart } from '../charts';
import { VerdictWord } from '../Status';
import { roundedNumber } from '../roundedNumber';
import { ComparisonView } from './ComparisonView';
import { ScoreView } from './ScoreView';
import { consecutiveErrors, countVerdicts } from './verdictCounts';

type MetricState = AnalysisState['metrics'][number];

function Conditions({ metric, t }: { metric: MetricState; t: T }) {
  const { successCondition, failureCondition, comparison } = metric;
  return (
    <>
      {comparison && (
        <>
          <div>{t(`comparison.direction.${comparison.direction}`)}</div>
          <div>
            {t('comparison.settings', {
              confidence: roundedNumber(comparison.confidence * 100),
              tolerance: roundedNumber(comparison.tolerance * 100),
              minimum: String(comparison.minimumPoints),
            })}
          </div>
          {comparison.critical && <div>{t('comparison.critical')}</div>}
        </>
      )}
      {successCondition && (
        <div>
          {t('analysis.passesWhile')} <code>{successCondition}</code>
        </div>
      )}
      {failureCondition && (
        <div>
          {t('analysis.failsWhile')} <code>{failureCondition}</code>
        </div>
      )}
    </>
  );
}

function Limits({ metric, t }: { metric: MetricState; t: T }) {
  const counts = countVerdicts(metric.measurements);
  const errors = consecutiveErrors(metric.measurements);
  return (
    <>
      <div>
        {t(metric.comparison ? 'analysis.countAtMost' : 'analysis.countUsed', {
          used: String(metric.measurements.length),
          planned: String(metric.count),
        })}
      </div>
      {!metric.comparison && (
        <div>
          {t('analysis.failuresUsed', {
            used: String(counts.failed),
            limit: String(metric.failureLimit),
          })}
        </div>
      )}
      {!metric.comparison && counts.inconclusive > 0 && (
        <div>
          {t('analysis.inconclusiveUsed', {
            used: String(counts.inconclusive),
            limit: String(metric.inconclusiveLimit),
          })}
        </div>
      )}
      {errors > 0 && (
        <div>
          {t('analysis.errorsUsed', {
            used: String(errors),
            limit: String(metric.consecutiveErrorLimit),
          })}
        </div>
      )}
    </>
  );
}

/** What an analysis step measured, against what it may measure. */
export function AnalysisPanel(props: {
  analysis: AnalysisState;
  /** The step has ended, with all its metrics, also those that were not decided. */
  isOver: boolean;
}) {
  const { analysis, isOver } = props;
  const t = useT();
  return (
    <Box sx={{ mt: 1 }}>
      <ScrollTable label={t('analysis.metrics')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('analysis.metric')}</TableCell>
            <TableCell>{t('analysis.verdict')}</TableCell>
            <TableCell>{t('analysis.conditions')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {analysis.metrics.map(metric => (
            <TableRow key={metric.name}>
              <TableCell component="th" scope="row">
                <div>{metric.name}</div>
                <Box sx={{ color: 'text.secondary' }}>{metric.provider}</Box>
              </TableCell>
              <TableCell>
                <VerdictWord verdict={metric.verdict} isOver={isOver} />
                {metric.message && <div>{metric.message}</div>}
              </TableCell>
              <TableCell>
                <Conditions metric={metric} t={t} />
                <Limits metric={metric} t={t} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
      {analysis.score && <ScoreView score={analysis.score} />}
      <Box
        sx={{
          mt: 2,
          display: 'grid',
          gap: 2,
          gridTemplateColumns:
            'repeat(auto-fit, minmax(min(100%, 320px), 1fr))',
        }}
      >
        {analysis.metrics.map(metric =>
          metric.comparison ? (
            <ComparisonView key={metric.name} metric={metric} />
          ) : (
            <MeasurementChart
              key={metric.name}
              name={metric.name}
              measurements={metric.measurements}
              successCondition={metric.successCondition}
              failureCondition={metric.failureCondition}
            />
          ),
        )}
      </Box>
    </Box>
  );
}

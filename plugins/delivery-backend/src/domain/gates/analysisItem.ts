import type {
  AnalysisGate,
  GateMeasurement,
  GateStatus,
} from '@slipway/backstage-plugin-delivery-common';
import type { UpstreamFacts } from './facts';
import { listed } from './listed';

/** How an analysis gate stands, by what was measured at the last look. */
export function analysisItem(
  { name = 'Analysis' }: AnalysisGate,
  upstream: UpstreamFacts[],
  metrics: GateMeasurement[],
): GateStatus {
  const item = { name, kind: 'analysis' as const, metrics };
  const waits = (message: string): GateStatus => ({
    ...item,
    status: 'waiting',
    message,
  });
  const missing = upstream.filter(({ since }) => since === undefined);
  if (missing.length)
    return waits(`The release has not run in ${listed(missing)}`);
  const gone = upstream.filter(({ until }) => until !== undefined);
  if (gone.length)
    return waits(
      `The release no longer runs in ${listed(gone)}, so that nothing can be measured there`,
    );
  const bad = metrics.filter(of('failed'));
  if (bad.length)
    return {
      ...item,
      status: 'failed',
      message: bad.map(inWords).join('; '),
    };
  const open = metrics.filter(one => !of('successful')(one));
  if (open.length) return waits(open.map(inWords).join('; '));
  return {
    ...item,
    status: 'passed',
    message: `What is measured in ${listed(upstream)} is good`,
  };
}

function of(verdict: GateMeasurement['measurement']['verdict']) {
  return ({ measurement }: GateMeasurement) => measurement.verdict === verdict;
}

/** An error's own words stand beside the metric: they are for whoever can do something about it. */
function inWords(one: GateMeasurement): string {
  const { environmentName, measurement, name } = one;
  const { message, value, verdict } = measurement;
  if (verdict === 'error')
    return `${name} could not be measured in ${environmentName}`;
  const found = message ?? (value === undefined ? verdict : String(value));
  return `${name} in ${environmentName}: ${found}`;
}

import type { PolicyMetric } from '@slipway/backstage-plugin-scaling-common';
import type {
  ControlledTarget,
  LoadSource,
  MeasuredLoad,
} from '@slipway/backstage-plugin-scaling-node';
import type { LoadMeter } from './LoadMeter';

const ofARequest =
  'is a share of what a copy requests, and the embedded runtime keeps nothing aside for a copy';
const ofAQuery = 'needs a Prometheus, which the embedded runtime does not ask';

const refusals: Record<PolicyMetric['type'], string | undefined> = {
  requestsPerReplica: undefined,
  cpu: ofARequest,
  memory: ofARequest,
  queueLength: ofAQuery,
  prometheus: ofAQuery,
};

/** The load of what delivery runs here, for policies that Slipway follows. */
export class LocalLoadSource implements LoadSource {
  constructor(private readonly meter: LoadMeter) {}

  refusal(metric: PolicyMetric): string | undefined {
    const reason = refusals[metric.type];
    if (reason) return `${metric.type} ${reason}; use requestsPerReplica`;
    return 'query' in metric && metric.query
      ? `a query ${ofAQuery}; leave it out, and the requests that its own address gets are counted`
      : undefined;
  }

  async measure(
    { componentRef, environment }: ControlledTarget,
    { signal }: { signal: AbortSignal },
  ): Promise<MeasuredLoad> {
    const loads = await this.meter.measure(signal);
    const requests = loads.get(
      `${componentRef}@${environment.ref}`,
    )?.requestsPerSecond;
    return requests === undefined
      ? {
          totals: {},
          problem:
            'Its requests have been counted once so far; a rate takes two readings, some seconds apart',
        }
      : { totals: { requestsPerReplica: requests } };
  }
}

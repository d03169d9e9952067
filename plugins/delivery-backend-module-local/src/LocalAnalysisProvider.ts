import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  AnalysisSubject,
  DeliveryAnalysisProvider,
  DeliveryCallContext,
  MeasuredSeries,
  MeasuredValue,
} from '@slipway/backstage-plugin-delivery-node';
import type { RequestNumbers, SecondNumbers } from './agent/protocol';
import type { AgentClient } from './client/AgentClient';
import { targetKey } from './LocalRuntime';

const maxWindowSeconds = 600;

const metrics = {
  errorRatio: (numbers: RequestNumbers) => numbers.errorRatio,
  requests: (numbers: RequestNumbers) => numbers.requests,
  requestsPerSecond: (numbers: RequestNumbers) => numbers.requestsPerSecond,
  latencyMean: (numbers: RequestNumbers) => numbers.meanMs,
  latencyP50: (numbers: RequestNumbers) => numbers.p50Ms,
  latencyP95: (numbers: RequestNumbers) => numbers.p95Ms,
  latencyP99: (numbers: RequestNumbers) => numbers.p99Ms,
} as const;

type LocalMetric = keyof typeof metrics;

// Counts and ratios speak for themselves.
const units: { [metric in LocalMetric]?: string } = {
  requestsPerSecond: 'requests/s',
  latencyMean: 'ms',
  latencyP50: 'ms',
  latencyP95: 'ms',
  latencyP99: 'ms',
};

interface LocalQuery {
  metric: LocalMetric;
  version: 'canary' | 'stable';
  windowSeconds?: number;
  minRequests: number;
  probe?: {
    path: string;
    count: number;
    concurrency: number;
    timeoutSeconds: number;
  };
}

/** Judges a release by the requests that the embedded runtime's proxy has seen of it. */
export class LocalAnalysisProvider implements DeliveryAnalysisProvider {
  readonly name = 'local';
  readonly title = "The embedded runtime's own request numbers";
  readonly schema: JsonObject = {
    type: 'object',
    required: ['metric'],
    additionalProperties: false,
    properties: {
      metric: { type: 'string', enum: Object.keys(metrics) },
      version: {
        type: 'string',
        enum: ['canary', 'stable'],
        description: 'Canary when left out; of no matter to a comparison',
      },
      windowSeconds: {
        type: 'number',
        minimum: 1,
        maximum: maxWindowSeconds,
        description: 'Since the traffic was last shifted when left out',
      },
      minRequests: {
        type: 'integer',
        minimum: 1,
        description:
          'With fewer requests there is nothing to judge; of a comparison: in one second',
      },
      probe: {
        type: 'object',
        description:
          'Real requests that are sent first, so that software without traffic can be verified as well',
        required: ['path'],
        additionalProperties: false,
        properties: {
          path: { type: 'string', pattern: '^/', maxLength: 1024 },
          count: { type: 'integer', minimum: 1, maximum: 200 },
          concurrency: { type: 'integer', minimum: 1, maximum: 10 },
          timeoutSeconds: { type: 'number', minimum: 0.1, maximum: 30 },
        },
      },
    },
  };

  constructor(
    private readonly agent: AgentClient,
    private readonly now: () => number,
  ) {}

  async measure(
    query: JsonObject,
    subject: AnalysisSubject,
    { signal }: DeliveryCallContext,
  ): Promise<MeasuredValue> {
    const { metric, version, windowSeconds, minRequests, probe } =
      withDefaults(query);
    const target = targetKey(subject.target);
    const releaseId =
      version === 'stable' ? subject.stableReleaseId : subject.releaseId;
    if (!releaseId)
      throw new InputError('There is no release before this one to measure');
    if (probe) await this.agent.probe(target, { releaseId, ...probe }, signal);

    const now = this.now();
    const since = beginning(subject, now, windowSeconds);
    const numbersOf = (id: string) =>
      this.agent.numbers({ target, releaseId: id, since }, signal);
    const canary = await numbersOf(subject.releaseId);
    const stable = subject.stableReleaseId
      ? await numbersOf(subject.stableReleaseId)
      : undefined;
    const judged = version === 'stable' && stable ? stable : canary;
    const value =
      metric === 'requests' || judged.requests >= minRequests
        ? metrics[metric](judged)
        : null;
    return {
      result: value,
      ...(value !== null && { value }),
      variables: { canary, ...(stable && { stable }) },
      message: inWords(judged, Math.round((now - since) / 1000)),
    };
  }

  /**
   * A point is one whole second in which the release had requests enough. The seconds before the canary's first are
   * left out of both, so that the two are seen under the same conditions.
   */
  async compare(
    query: JsonObject,
    subject: AnalysisSubject,
    { signal }: DeliveryCallContext,
  ): Promise<MeasuredSeries> {
    const { metric, windowSeconds, minRequests, probe } = withDefaults(query);
    const { releaseId, stableReleaseId } = subject;
    const target = targetKey(subject.target);
    const unit = units[metric];
    if (!stableReleaseId) return { canary: [], ...(unit && { unit }) };
    if (probe)
      await Promise.all(
        [releaseId, stableReleaseId].map(id =>
          this.agent.probe(target, { releaseId: id, ...probe }, signal),
        ),
      );
    const since = beginning(subject, this.now(), windowSeconds);
    const [canary, stable] = await Promise.all(
      [releaseId, stableReleaseId].map(id =>
        this.agent.seconds({ target, releaseId: id, since }, signal),
      ),
    );
    const first = canary[0]?.at ?? Infinity;
    const points = (seconds: SecondNumbers[]) =>
      seconds
        .filter(({ at, requests }) => at >= first && requests >= minRequests)
        .flatMap(second => metrics[metric](second) ?? []);
    return {
      canary: points(canary),
      stable: points(stable),
      ...(unit && { unit }),
    };
  }
}

function beginning(
  { since }: AnalysisSubject,
  now: number,
  windowSeconds = maxWindowSeconds,
): number {
  return Math.max(since, now - windowSeconds * 1000);
}

function withDefaults(query: JsonObject): LocalQuery {
  const { probe, ...rest } = query as unknown as LocalQuery;
  return {
    ...rest,
    version: rest.version ?? 'canary',
    minRequests: rest.minRequests ?? 1,
    ...(probe && {
      probe: {
        path: probe.path,
        count: probe.count ?? 20,
        concurrency: probe.concurrency ?? 4,
        timeoutSeconds: probe.timeoutSeconds ?? 5,
      },
    }),
  };
}

function inWords(numbers: RequestNumbers, seconds: number): string {
  if (!numbers.requests) return `no requests in the last ${seconds} s`;
  const percent = Math.round((numbers.errorRatio ?? 0) * 1000) / 10;
  return `${numbers.errors} of ${numbers.requests} requests failed (${percent} %) in the last ${seconds} s, p95 ${numbers.p95Ms} ms`;
}

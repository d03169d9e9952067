import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  AnalysisSubject,
  DeliveryAnalysisProvider,
  DeliveryCallContext,
  MeasuredValue,
} from '@slipway/backstage-plugin-delivery-node';
import type { RequestNumbers } from './agent/protocol';
import type { AgentClient } from './client/AgentClient';
import { targetKey } from './LocalRuntime';

const maxWindowSeconds = 600;

const metrics = {
  errorRatio: (numbers: RequestNumbers) => numbers.errorRatio,
  requests: (numbers: RequestNumbers) => numbers.requests,
  requestsPerSecond: (numbers: RequestNumbers) => numbers.requestsPerSecond,
  latencyP50: (numbers: RequestNumbers) => numbers.p50Ms,
  latencyP95: (numbers: RequestNumbers) => numbers.p95Ms,
  latencyP99: (numbers: RequestNumbers) => numbers.p99Ms,
} as const;

interface LocalQuery {
  metric: keyof typeof metrics;
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
      version: { type: 'string', enum: ['canary', 'stable'] },
      windowSeconds: {
        type: 'number',
        minimum: 1,
        maximum: maxWindowSeconds,
        description: 'Since the traffic was last shifted when left out',
      },
      minRequests: {
        type: 'integer',
        minimum: 1,
        description: 'With fewer requests there is nothing to judge',
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
    const shortest = now - (windowSeconds ?? maxWindowSeconds) * 1000;
    const since = Math.max(subject.since, shortest);
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

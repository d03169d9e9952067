import { InputError } from '@backstage/errors';
import type { PrometheusClient } from '@slipway/backstage-plugin-prometheus-node';
import type {
  ContainerUsage,
  ControlledTarget,
  RecordedUsage,
  ReplicaRequests,
  UsageSource,
} from '@slipway/backstage-plugin-scaling-node';
import { matrixOf, vectorOf } from './series';
import { quoted, selectorOf } from './selector';
import type { UsageSettings } from './settings';

const leastStepSeconds = 300;
/** Of one series; what is longer is looked at in larger steps. */
const mostPoints = 2016;
const mostMiB = 32;
/** As often as it is looked whether a pod was there. */
const thereSeconds = 60;

interface Window {
  from: number;
  to: number;
}

type Context = { signal: AbortSignal };

/** What pods used, by the metrics of cAdvisor, and answered, by a counter of requests that their software has. */
export class PrometheusUsage implements UsageSource {
  readonly name = 'prometheus';
  readonly title = 'Prometheus';

  constructor(
    private readonly options: UsageSettings & { clients: PrometheusClient[] },
  ) {}

  async usage(
    target: ControlledTarget,
    window: Window,
    { signal }: Context,
  ): Promise<RecordedUsage | undefined> {
    const pods = selectorOf(target, this.options.clusterLabel);
    if (!pods) return undefined;
    const client = this.#client(target);
    // The sandbox of a pod and the pod as a whole have series too.
    const some = `{${pods},container!="",container!="POD"}`;
    const stepSeconds = stepOf(window);
    const range = (query: string) =>
      client
        .range(query, inSteps(window, stepSeconds), { signal, mostMiB })
        .then(matrixOf);
    const at = window.to / 1000;
    const atEnd = (query: string) =>
      client.instant(query, { at, signal }).then(vectorOf);
    const all = `${Math.round((window.to - window.from) / 1000)}s`;
    const [cpu, memory, throttled, outOfMemory] = await Promise.all([
      range(
        `sum by (pod, container) (rate(container_cpu_usage_seconds_total${some}[${stepSeconds}s]))`,
      ),
      range(
        `max by (pod, container) (max_over_time(container_memory_working_set_bytes${some}[${stepSeconds}s]))`,
      ),
      atEnd(
        `sum by (container) (increase(container_cpu_cfs_throttled_periods_total${some}[${all}])) / sum by (container) (increase(container_cpu_cfs_periods_total${some}[${all}]))`,
      ),
      atEnd(
        `sum by (container) (increase(container_oom_events_total${some}[${all}]))`,
      ),
    ]);
    const names = new Set([...cpu, ...memory].map(containerOf));
    if (!names.size) return undefined;
    const ofContainer =
      (container: string) => (one: { labels: Record<string, string> }) =>
        containerOf(one) === container;
    return {
      stepSeconds,
      containers: [...names].sort().map((container): ContainerUsage => {
        const is = ofContainer(container);
        const part = throttled.find(is)?.value;
        const ended = outOfMemory.find(is)?.value;
        return {
          container,
          cpu: cpu.filter(is).map(seriesOf),
          memory: memory.filter(is).map(seriesOf),
          ...(part !== undefined && { throttled: part }),
          // What lies between two scrapes is reckoned, and so no whole number.
          ...(ended !== undefined && { outOfMemory: Math.round(ended) }),
        };
      }),
    };
  }

  async requests(
    target: ControlledTarget,
    window: Window,
    { signal }: Context,
  ): Promise<ReplicaRequests[] | undefined> {
    const pods = selectorOf(target, this.options.clusterLabel);
    if (!pods) return undefined;
    const { clusterLabel, codeLabel, requestsMetric, zoneLabel } = this.options;
    const client = this.#client(target);
    const at = window.to / 1000;
    const atEnd = (query: string) =>
      client.instant(query, { at, signal, mostMiB }).then(vectorOf);
    const seconds = Math.round((window.to - window.from) / 1000);
    const counted = (more: string) =>
      `sum by (pod) (increase(${requestsMetric}{${pods}${more}}[${seconds}s]))`;
    const there = `timestamp(container_memory_working_set_bytes{${pods},container!=""})[${seconds}s:${thereSeconds}s]`;
    const { cluster } = target.environment.settings;
    const nodes = clusterLabel
      ? `{${clusterLabel}=${quoted(String(cluster))}}`
      : '';
    const [requests, errors, since, until, places, zones] = await Promise.all([
      atEnd(counted('')),
      atEnd(counted(`,${codeLabel}=~"5.."`)),
      atEnd(`min by (pod) (min_over_time(${there}))`),
      atEnd(`max by (pod) (max_over_time(${there}))`),
      atEnd(`last_over_time(kube_pod_info{${pods}}[${seconds}s])`),
      atEnd(`last_over_time(kube_node_labels${nodes}[${seconds}s])`),
    ]);
    // Software without that counter: what it answers is not known, which is not nothing.
    if (!requests.length) return undefined;
    const zoneOfNode = new Map(
      zones.flatMap(({ labels }) =>
        labels[zoneLabel] ? [[labels.node, labels[zoneLabel]]] : [],
      ),
    );
    const zoneOfPod = new Map(
      places.map(({ labels }) => [labels.pod, zoneOfNode.get(labels.node)]),
    );
    const byPod = (values: typeof requests) =>
      new Map(values.map(({ labels, value }) => [labels.pod, value]));
    const [asked, failed, first, last] = [requests, errors, since, until].map(
      byPod,
    );
    return [...new Set([...asked.keys(), ...first.keys()])].map(replica => {
      const zone = zoneOfPod.get(replica);
      const begin = first.get(replica);
      const end = last.get(replica);
      return {
        replica,
        ...(zone && { zone }),
        seconds:
          begin === undefined || end === undefined
            ? seconds
            : Math.min(seconds, end - begin + thereSeconds),
        requests: asked.get(replica) ?? 0,
        errors: failed.get(replica) ?? 0,
      };
    });
  }

  #client({ environment }: ControlledTarget): PrometheusClient {
    const { clients } = this.options;
    const wanted = environment.settings.prometheus;
    const names = clients.map(({ name }) => name).join(', ');
    if (wanted === undefined && clients.length === 1) return clients[0];
    const found = clients.find(({ name }) => name === wanted);
    if (!found)
      throw new InputError(
        `spec.target.prometheus of ${environment.ref} has to name the Prometheus that knows its pods: one of ${names}`,
      );
    return found;
  }
}

function containerOf({ labels }: { labels: Record<string, string> }): string {
  return labels.container ?? '';
}

function seriesOf({ labels, points }: ReturnType<typeof matrixOf>[number]) {
  return { replica: labels.pod ?? '', points };
}

function stepOf({ from, to }: Window): number {
  const seconds = (to - from) / 1000;
  return Math.max(leastStepSeconds, Math.ceil(seconds / mostPoints / 60) * 60);
}

/** At multiples of the step, so that the same is asked for again and can be kept on the way. */
function inSteps({ from, to }: Window, step: number) {
  const start = Math.ceil(from / 1000 / step) * step;
  return {
    start: start + step,
    end: Math.floor(to / 1000 / step) * step,
    step,
  };
}

import type {
  V2HorizontalPodAutoscaler,
  V2MetricSpec,
  V2MetricStatus,
} from '@kubernetes/client-node';
import type {
  ReplicaResources,
  ScalingMetric,
} from '@slipway/backstage-plugin-scaling-common';
import { quantityOf } from './quantity';

interface Value {
  averageUtilization?: number;
  averageValue?: string;
  value?: string;
}

/** What a HorizontalPodAutoscaler looks at. A metric that it could not measure has no present value. */
export function hpaMetrics(
  { spec, status }: V2HorizontalPodAutoscaler,
  resources: ReplicaResources = {},
): ScalingMetric[] {
  const measured = status?.currentMetrics ?? [];
  return (spec?.metrics ?? []).map(metric => {
    const { name, target } = describe(metric);
    const status_ = measured.find(
      candidate =>
        candidate.type === metric.type && describe(candidate).name === name,
    );
    const current = status_ && describe(status_).current;
    return {
      name,
      ...(target && { target: inWords(target, target) }),
      ...(current && target && { current: inWords(current, target) }),
      ...ratioOf(current, target),
      ...numbersOf(current, {
        replicas: status?.currentReplicas,
        request: metric.resource && requestOf(metric.resource.name, resources),
      }),
    };
  });
}

function describe(metric: V2MetricSpec | V2MetricStatus): {
  name: string;
  target?: Value;
  current?: Value;
} {
  const { resource, containerResource, pods, external } = metric;
  const part =
    resource ?? containerResource ?? pods ?? metric.object ?? external ?? {};
  const { target, current } = part as { target?: Value; current?: Value };
  const name =
    resource?.name ??
    (containerResource &&
      `${containerResource.name} of ${containerResource.container}`) ??
    (pods ?? metric.object ?? external)?.metric.name ??
    metric.type;
  return { name, target, current };
}

/** In the unit of the target. */
function inWords(value: Value, target: Value): string | undefined {
  if (target.averageUtilization !== undefined)
    return value.averageUtilization === undefined
      ? undefined
      : `${value.averageUtilization} %`;
  return legible(
    target.averageValue === undefined ? value.value : value.averageValue,
  );
}

/** Means come in thousandths, which nobody can read of bytes or of requests. */
function legible(text: string | undefined): string | undefined {
  const value = quantityOf(text);
  return text?.endsWith('m') && value !== undefined && value >= 10
    ? String(Math.round(value))
    : text;
}

function ratioOf(
  current: Value | undefined,
  target: Value | undefined,
): { ratio?: number } {
  if (!current || !target) return {};
  const of = (value: Value) =>
    target.averageUtilization === undefined
      ? quantityOf(
          target.averageValue === undefined ? value.value : value.averageValue,
        )
      : value.averageUtilization;
  const [is, wanted] = [of(current), of(target)];
  return is === undefined || !wanted ? {} : { ratio: is / wanted };
}

function requestOf(
  name: string,
  { cpuCores, memoryBytes }: ReplicaResources,
): number | undefined {
  if (name === 'cpu') return cpuCores;
  return name === 'memory' ? memoryBytes : undefined;
}

/** A value that is not a mean is of all replicas together. Where the target is no percentage the request says which it is. */
function numbersOf(
  current: Value | undefined,
  { replicas, request }: { replicas?: number; request?: number },
): Pick<ScalingMetric, 'average' | 'utilization'> {
  if (!current) return {};
  const total = quantityOf(current.value);
  const average =
    quantityOf(current.averageValue) ??
    (total !== undefined && replicas ? total / replicas : undefined);
  const utilization =
    current.averageUtilization ??
    (average !== undefined && request ? (average / request) * 100 : undefined);
  return {
    ...(utilization !== undefined && { utilization }),
    ...(average !== undefined && { average }),
  };
}

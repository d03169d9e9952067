import type {
  V2HorizontalPodAutoscaler,
  V2MetricSpec,
  V2MetricStatus,
} from '@kubernetes/client-node';
import type { ScalingMetric } from '@slipway/backstage-plugin-scaling-common';
import { quantityOf } from './quantity';

interface Value {
  averageUtilization?: number;
  averageValue?: string;
  value?: string;
}

/** What a HorizontalPodAutoscaler looks at. A metric that it could not measure has no present value. */
export function hpaMetrics({
  spec,
  status,
}: V2HorizontalPodAutoscaler): ScalingMetric[] {
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

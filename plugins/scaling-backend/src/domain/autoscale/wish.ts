import type { PolicyMetric } from '@slipway/backstage-plugin-scaling-common';
import { metricName } from '../policy/metricName';
import type { LoadSample, MetricReading } from './state';

/** How many replicas the load asks for, whatever the limits; and why. */
export interface Wish {
  replicas: number;
  reason: string;
}

interface Tolerances {
  up: number;
  down: number;
}

/**
 * What the metrics ask for, as a HorizontalPodAutoscaler reckons it: the highest of them; where one could not be
 * measured, no fewer than there are; where none could, nothing is done.
 */
export function wishOf(
  metrics: readonly PolicyMetric[],
  { metrics: readings, replicas }: LoadSample,
  tolerances: Tolerances,
): Wish {
  const unmeasured = metrics
    .map(metricName)
    .filter(name => readings[name] === undefined);
  const wishes = metrics.flatMap(metric => {
    const reading = readings[metricName(metric)];
    return reading ? [wishOfMetric(metric, reading, replicas, tolerances)] : [];
  });
  if (!wishes.length)
    return {
      replicas,
      reason: `${unmeasured.join(', ')} could not be measured: it stays as it is`,
    };
  const highest = wishes.reduce((one, other) =>
    other.replicas > one.replicas ? other : one,
  );
  if (unmeasured.length && highest.replicas < replicas)
    return {
      replicas,
      reason: `${unmeasured.join(', ')} could not be measured: nothing is taken away`,
    };
  return highest;
}

function wishOfMetric(
  metric: PolicyMetric,
  reading: MetricReading,
  replicas: number,
  tolerances: Tolerances,
): Wish {
  const target =
    'targetUtilization' in metric ? metric.targetUtilization : metric.target;
  const wished = replicasFor(reading, { target, replicas }, tolerances);
  const unit = 'targetUtilization' in metric ? ' %' : '';
  const told = `${metricName(metric)} is at ${rounded(reading.average)}${unit} where ${rounded(target)}${unit} is wanted`;
  return {
    replicas: wished,
    reason:
      wished === replicas
        ? `${told}: ${replicas} is enough`
        : `${told}: ${wished} instead of ${replicas}`,
  };
}

function replicasFor(
  { average, missing = 0, unready = 0 }: MetricReading,
  { target, replicas }: { target: number; replicas: number },
  { up, down }: Tolerances,
): number {
  const within = (ratio: number) => ratio >= 1 - down && ratio <= 1 + up;
  const measured = Math.max(0, replicas - unready - missing);
  const ratio = average / target;
  const isUp = ratio > 1;
  if (!missing && !(unready && isUp))
    return within(ratio) ? replicas : Math.ceil((measured * average) / target);
  // What is not known is taken for what would change least: idle where more are wanted, busy where fewer are.
  const counted = isUp ? replicas : measured + missing;
  const total = measured * average + (isUp ? 0 : missing * target);
  const cautious = counted ? total / (counted * target) : 1;
  if (within(cautious) || cautious > 1 !== isUp) return replicas;
  const wished = Math.ceil(total / target);
  const isBackwards = isUp ? wished < replicas : wished > replicas;
  return isBackwards ? replicas : wished;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

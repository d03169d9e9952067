import type {
  Bottleneck,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import type {
  ContainerUsage,
  ReplicaRequests,
} from '@slipway/backstage-plugin-scaling-node';
import { throttledMuch } from '../rightSizing/sizeResource';
import { spread } from '../spread/spread';

const nearLimit = 0.9;

/** What is in the way by what replicas used in the last 12 hours and answered in the last one. */
export function usageBottlenecks(
  target: Pick<ScalingTarget, 'containers'>,
  seen: {
    containers: readonly ContainerUsage[];
    requests: readonly ReplicaRequests[];
  },
): Bottleneck[] {
  return [
    ...seen.containers.flatMap(throttled),
    ...seen.containers.flatMap(used => nearItsLimit(target, used)),
    ...uneven(seen.requests),
  ];
}

function throttled({
  container,
  throttled: part = 0,
}: ContainerUsage): Bottleneck[] {
  if (part <= throttledMuch) return [];
  return [
    {
      kind: 'cpuThrottled',
      evidence: `The CPU limit of container ${container} held it down in ${percent(part)} of the periods of the last 12 hours`,
      action:
        'Raise its CPU limit, or take it away and let the request alone decide: more replicas help only while each has less to do',
    },
  ];
}

function nearItsLimit(
  { containers = [] }: Pick<ScalingTarget, 'containers'>,
  { container, memory, outOfMemory = 0 }: ContainerUsage,
): Bottleneck[] {
  const limit = containers.find(({ name }) => name === container)?.limits
    .memoryBytes;
  const highest = memory
    .flatMap(({ points }) => points)
    .reduce((most, { value }) => Math.max(most, value), 0);
  const isNear = limit !== undefined && highest >= nearLimit * limit;
  if (!isNear && !outOfMemory) return [];
  return [
    {
      kind: 'memoryNearLimit',
      evidence: [
        ...(outOfMemory
          ? [
              `container ${container} was ended for want of memory ${outOfMemory === 1 ? 'once' : `${outOfMemory} times`} in the last 12 hours`,
            ]
          : []),
        ...(isNear
          ? [
              `memory of container ${container} came to ${percent(highest / limit)} of its limit`,
            ]
          : []),
      ]
        .join(', and ')
        .replace(/^./, first => first.toUpperCase()),
      action: 'Raise its memory limit and request, or look for a leak',
    },
  ];
}

function uneven(requests: readonly ReplicaRequests[]): Bottleneck[] {
  const { replicas, zones } = spread(requests);
  const marked = [...zones, ...replicas].flatMap(({ name, uneven: how }) =>
    how ? [`${name}: ${how}`] : [],
  );
  if (!marked.length) return [];
  return [
    {
      kind: 'unevenReplicas',
      evidence: `In the last hour requests did not spread evenly. ${marked.slice(0, 3).join('; ')}${marked.length > 3 ? `; and ${marked.length - 3} more` : ''}`,
      action:
        'See how requests spread below: long-lived connections, sticky sessions, routing that keeps to a zone, and a replica that is ill are the usual causes',
    },
  ];
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

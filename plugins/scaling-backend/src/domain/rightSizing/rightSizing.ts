import type {
  RightSizing,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import type {
  ContainerUsage,
  RecordedUsage,
} from '@slipway/backstage-plugin-scaling-node';
import type { Prices } from '../whatif/price';
import type { SizingRule } from './rules';
import { decidesOn, inWords, savingOf } from './saving';
import { sizeResource } from './sizeResource';

type Found = Pick<
  RightSizing,
  | 'containers'
  | 'noSaving'
  | 'notes'
  | 'refused'
  | 'replicas'
  | 'saving'
  | 'stepSeconds'
>;

/** How much the containers of a target should request, by what they used in a window (milliseconds since the epoch). */
export function rightSizing(
  target: Pick<ScalingTarget, 'containers' | 'metrics'>,
  usage: RecordedUsage,
  window: { from: number; to: number },
  options: {
    rules: Record<'cpu' | 'memory', SizingRule>;
    prices: Prices | undefined;
  },
): Found {
  const { stepSeconds } = usage;
  const containers = usage.containers
    .map(used => ({
      container: used.container,
      resources: (['cpu', 'memory'] as const).flatMap(resource => {
        const present = presentOf(target, used, resource);
        const { outOfMemory, throttled } = used;
        return (
          sizeResource(
            options.rules[resource],
            { series: used[resource], outOfMemory, throttled },
            present,
            { ...window, stepSeconds },
          ) ?? []
        );
      }),
    }))
    .filter(({ resources }) => resources.length > 0);
  if (!containers.length)
    return {
      stepSeconds,
      containers: [],
      notes: [],
      refused:
        'Less than a day of usage was recorded in this time; a recommendation needs at least one',
    };
  const replicas = atOnce(usage.containers);
  const sizings = containers.flatMap(({ resources }) => resources);
  return {
    stepSeconds,
    replicas,
    containers,
    notes: notesOn(target, containers),
    ...savingOf(sizings, replicas, options.prices, target.metrics),
  };
}

function presentOf(
  { containers = [] }: Pick<ScalingTarget, 'containers'>,
  { container }: ContainerUsage,
  resource: 'cpu' | 'memory',
): { request?: number; limit?: number } {
  const found = containers.find(({ name }) => name === container);
  const field = resource === 'cpu' ? 'cpuCores' : 'memoryBytes';
  const request = found?.requests[field];
  const limit = found?.limits[field];
  return {
    ...(request !== undefined && { request }),
    ...(limit !== undefined && { limit }),
  };
}

/** How many replicas were measured at once, in the mean; by the container that most were measured of. */
function atOnce(containers: readonly ContainerUsage[]): number {
  return Math.max(
    ...containers.map(({ cpu, memory }) => {
      const points = (cpu.length ? cpu : memory).flatMap(one => one.points);
      const instants = new Set(points.map(({ at }) => at)).size;
      return instants ? points.length / instants : 0;
    }),
  );
}

function notesOn(
  target: Pick<ScalingTarget, 'metrics'>,
  containers: RightSizing['containers'],
): string[] {
  return (['cpu', 'memory'] as const).flatMap(resource => {
    if (!decidesOn(target.metrics, resource)) return [];
    const changed = containers
      .flatMap(({ resources }) => resources)
      .filter(
        sizing =>
          sizing.resource === resource &&
          ['lower', 'raise'].includes(sizing.verdict) &&
          sizing.request,
      );
    if (!changed.length) return [];
    const sum = (of: 'recommended' | 'request') =>
      changed.reduce((total, sizing) => total + (sizing[of] ?? 0), 0);
    const factor = sum('request') / sum('recommended');
    return [
      `The autoscaler goes by ${inWords(resource)} in percent of the request. To keep as many replicas as there are, multiply its target by ${factor.toFixed(2)} in the same change`,
    ];
  });
}

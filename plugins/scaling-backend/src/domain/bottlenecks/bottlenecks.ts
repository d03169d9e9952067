import type {
  Bottleneck,
  ScalingSample,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';

/** So much is looked at. */
export const bottleneckHours = 12;

// Samples are of one minute each.
const leastMinutesOver = 10;
const leastMinutesIdle = 6 * 60;
const leastTurns = 8;
// As a HorizontalPodAutoscaler tolerates it.
const over = 1.1;
const idle = 0.5;
const nearlyAll = 0.9;

type Facts = Pick<
  ScalingTarget,
  'driver' | 'maxReplicas' | 'metrics' | 'minReplicas'
>;

/**
 * What keeps a target from scaling well, from its samples by the minute and its present metrics: each with what it is
 * concluded from and what to do.
 */
export function bottlenecks(
  target: Facts,
  samples: readonly ScalingSample[],
): Bottleneck[] {
  return [
    atMaximum(target, samples),
    memoryDecides(target),
    restless(target, samples),
    idleAtMinimum(target, samples),
  ].flatMap(found => found ?? []);
}

function atMaximum(
  { maxReplicas }: Facts,
  samples: readonly ScalingSample[],
): Bottleneck | undefined {
  if (maxReplicas === undefined) return undefined;
  const loads = samples.flatMap(({ load, replicas }) =>
    load !== undefined && load > over && replicas >= maxReplicas ? [load] : [],
  );
  if (loads.length < leastMinutesOver) return undefined;
  return {
    kind: 'atMaximum',
    evidence: `For ${loads.length} of the last ${samples.length} known minutes load was over its target, at most at ${percent(Math.max(...loads))}, with all ${maxReplicas} replicas that there may be`,
    action:
      'Raise the maximum, or let each replica carry more: with higher requests, or a higher target if it bears that',
  };
}

function memoryDecides({ metrics }: Facts): Bottleneck | undefined {
  const memory = metrics.find(({ name }) => name === 'memory');
  const highest = Math.max(...metrics.map(({ ratio }) => ratio ?? 0));
  if (
    memory?.utilization === undefined ||
    memory.utilization < nearlyAll * 100 ||
    memory.ratio !== highest
  )
    return undefined;
  return {
    kind: 'memoryDecides',
    evidence: `Memory is at ${Math.round(memory.utilization)} % of what a replica requests and asks for more replicas than any other metric`,
    action:
      'Raise the memory request or look for a leak: what a replica holds seldom gets less when there are more of them',
  };
}

function restless(
  { driver }: Facts,
  samples: readonly ScalingSample[],
): Bottleneck | undefined {
  if (driver.kind === 'fixed') return undefined;
  const steps = samples
    .map(({ maxReplicas }) => maxReplicas)
    .filter((replicas, index, all) => index && replicas !== all[index - 1]);
  const turns = steps.filter(
    (replicas, index) =>
      index > 1 &&
      Math.sign(replicas - steps[index - 1]) !==
        Math.sign(steps[index - 1] - steps[index - 2]),
  ).length;
  if (turns < leastTurns) return undefined;
  return {
    kind: 'restless',
    evidence: `Within the last ${samples.length} known minutes it turned ${turns} times from more replicas to fewer or back`,
    action:
      'Make stabilizationWindowSeconds of scaleDown longer, or the tolerance greater',
  };
}

function idleAtMinimum(
  { minReplicas }: Facts,
  samples: readonly ScalingSample[],
): Bottleneck | undefined {
  if (minReplicas === undefined || minReplicas < 2) return undefined;
  const loads = samples.flatMap(({ load }) => load ?? []);
  const isIdle =
    loads.length >= leastMinutesIdle &&
    loads.length >= nearlyAll * samples.length &&
    samples.every(
      ({ load = 0, maxReplicas }) => load < idle && maxReplicas <= minReplicas,
    );
  if (!isIdle) return undefined;
  return {
    kind: 'idleAtMinimum',
    evidence: `For all of the last ${samples.length} known minutes load was at ${percent(Math.max(...loads))} of its target or less, with the ${minReplicas} replicas that there are at least`,
    action: `Lower the minimum: ${Math.max(1, Math.ceil(minReplicas * Math.max(...loads)))} would have done`,
  };
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

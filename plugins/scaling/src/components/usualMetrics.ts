import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';

/** Percent of the request; what most write when nothing else is known. */
const usualUtilization = 70;
/** In a second; a beginning, as only people know how much one replica bears. */
const usualRequests = 20;

/** What a policy of a target may go by, as lines of YAML: what is measured there, kept where it is kept now. */
export function usualMetrics({ metrics }: ScalingTarget): string[] {
  const inPercent = metrics.flatMap(({ name, ratio, utilization }) => {
    if ((name !== 'cpu' && name !== 'memory') || utilization === undefined)
      return [];
    const kept = ratio ? Math.round(utilization / ratio) : usualUtilization;
    return [
      `    - { type: ${name}, targetUtilization: ${Math.min(1000, Math.max(1, kept))} }`,
    ];
  });
  if (inPercent.length) return inPercent;
  const requests = metrics.find(({ name }) => name === 'requestsPerReplica');
  if (!requests)
    return [`    - { type: cpu, targetUtilization: ${usualUtilization} }`];
  const { average, ratio } = requests;
  const kept =
    average && ratio ? Number((average / ratio).toPrecision(6)) : usualRequests;
  return [`    - { type: requestsPerReplica, target: ${kept} }`];
}

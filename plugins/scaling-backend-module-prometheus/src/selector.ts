import { InputError } from '@backstage/errors';
import type { ControlledTarget } from '@slipway/backstage-plugin-scaling-node';

/** Matchers of the pods of a workload; `undefined` where it is none that Kubernetes runs. */
export function selectorOf(
  { environment, workload }: ControlledTarget,
  clusterLabel: string | undefined,
): string | undefined {
  const { cluster, namespace } = environment.settings;
  const pods = podsOf(workload);
  if (!pods || typeof namespace !== 'string') return undefined;
  if (clusterLabel && typeof cluster !== 'string')
    throw new InputError(
      `spec.target.cluster of ${environment.ref} is missing; series are told apart by it`,
    );
  return [
    ...(clusterLabel ? [`${clusterLabel}=${quoted(String(cluster))}`] : []),
    `namespace=${quoted(namespace)}`,
    `pod=~${quoted(pods)}`,
  ].join(',');
}

/** Prometheus anchors it at both ends. What controllers append has no dash, so that no other workload's pods match. */
function podsOf(workload: string): string | undefined {
  const [kind, name = ''] = workload.split('/');
  const escaped = name.replace(/[^A-Za-z0-9-]/g, '[$&]');
  if (kind === 'Deployment') return `${escaped}-[a-z0-9]+-[a-z0-9]{5}`;
  if (kind === 'StatefulSet') return `${escaped}-[0-9]+`;
  return undefined;
}

/** A string of PromQL. */
export function quoted(text: string): string {
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');
  return `"${escaped}"`;
}

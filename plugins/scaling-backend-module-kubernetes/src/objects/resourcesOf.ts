import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type {
  ContainerResources,
  ReplicaResources,
} from '@slipway/backstage-plugin-scaling-common';
import { quantityOf } from './quantity';

/**
 * What a pod requests, as the scheduler reckons it: all containers that run together, or an initialisation that needs
 * more. A resource that one of its containers does not request is not known.
 */
export function resourcesOf(spec: V1PodSpec | undefined): ReplicaResources {
  const cpuCores = requested(spec, 'cpu');
  const memoryBytes = requested(spec, 'memory');
  return {
    ...(cpuCores !== undefined && { cpuCores }),
    ...(memoryBytes !== undefined && { memoryBytes }),
  };
}

function requested(
  spec: V1PodSpec | undefined,
  resource: 'cpu' | 'memory',
): number | undefined {
  if (!spec?.containers.length) return undefined;
  const first = spec.initContainers ?? [];
  const sidecars = first.filter(isSidecar);
  const running = [...sidecars, ...spec.containers].map(request);
  if (running.includes(undefined)) return undefined;
  const sum = running.reduce<number>((all, one) => all + (one ?? 0), 0);
  return Math.max(
    sum,
    ...first.filter(one => !isSidecar(one)).map(one => request(one) ?? 0),
  );

  // What is only limited is requested as far as its limit.
  function request({ resources }: V1Container): number | undefined {
    return quantityOf(
      resources?.requests?.[resource] ?? resources?.limits?.[resource],
    );
  }
}

function isSidecar({ restartPolicy }: V1Container): boolean {
  return restartPolicy === 'Always';
}

/** What each container that keeps running requests and is limited to, as it is written. */
export function containersOf(
  spec: V1PodSpec | undefined,
): ContainerResources[] {
  const running = [
    ...(spec?.initContainers ?? []).filter(isSidecar),
    ...(spec?.containers ?? []),
  ];
  return running.map(({ name, resources }) => ({
    name,
    requests: written(resources?.requests),
    limits: written(resources?.limits),
  }));
}

function written(quantities: Record<string, string> = {}): ReplicaResources {
  const cpuCores = quantityOf(quantities.cpu);
  const memoryBytes = quantityOf(quantities.memory);
  return {
    ...(cpuCores !== undefined && { cpuCores }),
    ...(memoryBytes !== undefined && { memoryBytes }),
  };
}

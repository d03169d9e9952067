import type { Observation } from '@slipway/backstage-plugin-delivery-common';
import type {
  DeliveryCallContext,
  DeliveryTarget,
  DesiredRelease,
  DesiredState,
} from '@slipway/backstage-plugin-delivery-node';
import type { KubernetesRuntime } from '../KubernetesRuntime';

let generation = 0;

/** What a rollout hands to every call; aborted when a test has long failed. */
export function callContext(): DeliveryCallContext {
  return { signal: AbortSignal.timeout(60_000), idempotencyKey: 'run/effect' };
}

/** A component in an environment that lies in the given namespace of the cluster `test`. */
export function targetIn(
  namespace: string,
  component = 'shop',
): DeliveryTarget {
  return {
    componentRef: `component:default/${component}`,
    environmentRef: `resource:default/${namespace}`,
    environmentName: namespace,
    settings: { cluster: 'test', namespace },
  };
}

/** A release of the image `demo-web`, which is in the node. */
export function demoWeb(
  version: 1 | 2,
  environmentVariables: Record<string, string> = {},
): DesiredRelease {
  return {
    ...releaseOf(`${version}.0.0`, { image: `demo-web:${version}` }),
    releaseId: `demo-web-${version}`,
    environmentVariables,
  };
}

/** A release of any image. */
export function releaseOf(
  version: string,
  spec: { image: string; args?: string[]; port?: number },
): DesiredRelease {
  return {
    releaseId: `release-${version}`,
    version,
    artifact: {
      kind: 'image',
      reference: spec.image,
      digest: `sha256:${'0'.repeat(64)}`,
      spec,
    },
    environmentVariables: {},
    health: {
      readiness: { path: '/healthz', periodSeconds: 1, timeoutSeconds: 10 },
    },
  };
}

/** Each wish is newer than the one before. */
export function desired(
  versions: Array<[DesiredRelease, replicas: number, weight: number]>,
  rolling?: DesiredState['rolling'],
): DesiredState {
  generation += 1;
  return {
    generation,
    versions: versions.map(([release, replicas, weight]) => ({
      release,
      replicas,
      weight,
    })),
    ...(rolling && { rolling }),
  };
}

/** Applies again and again until it holds, as the effect of a rollout does. */
export async function reach(
  runtime: KubernetesRuntime,
  target: DeliveryTarget,
  wish: DesiredState,
  until: (seen: Observation) => boolean = seen => seen.converged,
): Promise<Observation> {
  const end = Date.now() + 90_000;
  for (;;) {
    const seen = await runtime.apply(target, wish, callContext());
    if (until(seen)) return seen;
    if (Date.now() > end)
      throw new Error(`It stands at ${JSON.stringify(seen, null, 1)}`);
    await pause(300);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}

import type {
  Observation,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import type {
  DeliveryCallContext,
  DeliveryTarget,
  DesiredRelease,
  DesiredState,
} from '@slipway/backstage-plugin-delivery-node';
import type { ArgoRolloutsRuntime } from '../ArgoRolloutsRuntime';

let generation = 0;

/** What a rollout hands to every call; aborted when a test has long failed. */
export function callContext(): DeliveryCallContext {
  return { signal: AbortSignal.timeout(60_000), idempotencyKey: 'run/effect' };
}

/** A component in an environment that lies in the given namespace of the cluster `test`. */
export function targetIn(
  namespace: string,
  settings: Record<string, string> = {},
): DeliveryTarget {
  return {
    componentRef: 'component:default/shop',
    environmentRef: `resource:default/${namespace}`,
    environmentName: namespace,
    settings: { cluster: 'test', namespace, ...settings },
  };
}

/** A release of the image `demo-web`, which is in the node. */
export function demoWeb(
  version: 1 | 2,
  environmentVariables: Record<string, string> = {},
): DesiredRelease {
  return {
    releaseId: `demo-web-${version}`,
    version: `${version}.0.0`,
    artifact: {
      kind: 'image',
      reference: `demo-web:${version}`,
      digest: `sha256:${'0'.repeat(64)}`,
      spec: { image: `demo-web:${version}` },
    },
    environmentVariables,
    health: {
      readiness: { path: '/healthz', periodSeconds: 1, timeoutSeconds: 10 },
    },
  };
}

/** One release alone. Each wish is newer than the one before. */
export function alone(
  release: DesiredRelease,
  replicas: number,
  rolling?: DesiredState['rolling'],
): DesiredState {
  generation += 1;
  return {
    generation,
    versions: [{ release, replicas, weight: 100 }],
    ...(rolling && { rolling }),
  };
}

export function nothing(): DesiredState {
  generation += 1;
  return { generation, versions: [] };
}

/** The wishes of a rollout from one release to another, one for each goal, and the last without the old release. */
export function wishes(
  strategy: keyof Strategy,
  [newer, older]: [DesiredRelease, DesiredRelease],
  goals: Array<[replicas: number, weight: number]>,
): DesiredState[] {
  const replicas = goals.at(-1)?.[0] ?? 0;
  const course = {
    strategy,
    goals: goals.map(([copies, weight]) => ({ replicas: copies, weight })),
  };
  const all = course.goals.map((goal, current) => {
    generation += 1;
    return {
      generation,
      versions: [
        { release: newer, ...goal },
        { release: older, replicas, weight: 100 - goal.weight },
      ],
      course: { ...course, current },
    };
  });
  generation += 1;
  return [
    ...all,
    {
      generation,
      versions: [{ release: newer, replicas, weight: 100 }],
      course: { ...course, current: goals.length - 1 },
    },
  ];
}

/** Applies again and again until it holds, as the effect of a rollout does. */
export async function reach(
  runtime: ArgoRolloutsRuntime,
  target: DeliveryTarget,
  wish: DesiredState,
  until: (seen: Observation) => boolean = seen => seen.converged,
): Promise<Observation> {
  const end = Date.now() + 150_000;
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

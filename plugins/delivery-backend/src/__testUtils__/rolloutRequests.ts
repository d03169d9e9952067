import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import type { RolloutRequest, RunRelease } from '../domain/rollout/state';

/** A release as runs carry it. */
function runRelease(version: string): RunRelease {
  return {
    releaseId: `release-${version}`,
    version,
    digest: `sha256:${version}`,
    artifact: {
      kind: 'test',
      reference: version,
      digest: `sha256:${version}`,
      spec: {},
    },
    environmentVariables: {},
    health: {},
  };
}

/** A request for 1.0.0 → 2.0.0 in production, four copies. */
export function rolloutRequest(
  strategy: Strategy,
  overrides: Partial<RolloutRequest> = {},
): RolloutRequest {
  return {
    kind: 'rollout',
    target: {
      componentRef: 'component:default/checkout',
      componentTitle: 'Checkout',
      environmentRef: 'resource:default/production',
      environmentName: 'production',
      tier: 'production',
      runtime: 'test',
      settings: {},
    },
    release: runRelease('2.0.0'),
    previous: runRelease('1.0.0'),
    previousReplicas: 4,
    strategy,
    replicas: 4,
    progressDeadlineSeconds: 60,
    requestedBy: 'user:default/ana',
    generation: 0,
    ...overrides,
  };
}

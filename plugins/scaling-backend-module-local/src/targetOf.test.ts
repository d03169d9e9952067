import type { Deployment } from '@slipway/backstage-plugin-delivery-common';
import { targetOf } from './targetOf';

const deployment: Deployment = {
  componentRef: 'component:default/checkout',
  componentTitle: 'Checkout',
  environmentRef: 'resource:default/staging',
  environmentName: 'staging',
  tier: 'staging',
  release: { id: 'r1', version: '1.0.0', digest: `sha256:${'0'.repeat(64)}` },
  replicas: 2,
  health: 'healthy',
  updatedAt: '2026-01-01T00:00:00.000Z',
  allowedActions: {},
};

/** The runtime says how many copies are ready at all times. */
const conditionsAfter = (readyReplicas: number) =>
  targetOf(
    {
      ...deployment,
      observation: {
        observedAt: deployment.updatedAt,
        converged: readyReplicas === 2,
        message: `${readyReplicas} of 2 copies are ready`,
        versions: [
          {
            releaseId: 'r1',
            desiredReplicas: 2,
            replicas: 2,
            readyReplicas,
            weight: 100,
            health: 'healthy',
            instances: [],
          },
        ],
      },
    },
    new Map(),
  )?.conditions;

it('says why not all copies are there, and nothing when they are', () => {
  expect(conditionsAfter(1)).toEqual([
    {
      type: 'Delivery',
      reason: 'NotConverged',
      severity: 'warning',
      message: '1 of 2 copies are ready',
    },
  ]);
  expect(conditionsAfter(2)).toEqual([]);
});

import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { demoWeb, desired, targetIn } from '../__testUtils__/target';
import { deploymentObject } from '../objects/deploymentObject';
import type { DesiredRecord } from '../objects/desiredRecord';
import {
  identityOf,
  labels,
  ownDeploymentName,
  releaseKey,
} from '../objects/identity';
import { type Route, serviceObject } from '../objects/serviceObject';
import { planChange } from './planChange';
import type { Snapshot } from './Snapshot';

const identity = identityOf(targetIn('any'));
const one = demoWeb(1);
const two = demoWeb(2);
const own = ownDeploymentName(identity, two.releaseId);
const keyOne = releaseKey(one.releaseId);
const keyTwo = releaseKey(two.releaseId);
const now = Date.parse('2026-01-01T00:00:00Z');

/** A Deployment as the cluster shows it once all its copies are ready. */
function deployment(
  release: typeof one,
  name: string,
  { replicas = 2, ready }: { replicas?: number; ready?: number } = {},
): { deployment: V1Deployment; pods: V1Pod[] } {
  const applied = deploymentObject({
    identity,
    name,
    namespace: 'any',
    release,
    rolling: { maxSurge: 1, maxUnavailable: 0 },
    progressDeadlineSeconds: 60,
    generation: 1,
    idempotencyKey: 'key',
  });
  return {
    deployment: {
      ...applied,
      spec: applied.spec && { ...applied.spec, replicas },
      status: {
        replicas,
        updatedReplicas: replicas,
        availableReplicas: ready ?? replicas,
      },
    },
    pods: Array.from({ length: replicas }, (_, index) => ({
      metadata: {
        labels: {
          [labels.release]: releaseKey(release.releaseId),
          [labels.deployment]: name,
        },
      },
      status: {
        conditions: [
          {
            type: 'Ready',
            status: index < (ready ?? replicas) ? 'True' : 'False',
          },
        ],
      },
    })),
  };
}

function snapshot(
  there: Array<ReturnType<typeof deployment>>,
  route?: Route,
  record: Partial<DesiredRecord> = {},
): Snapshot {
  return {
    deployments: there.map(item => item.deployment),
    pods: there.flatMap(item => item.pods),
    ...(route && {
      service: serviceObject({
        identity,
        name: identity.name,
        namespace: 'any',
        route,
        record: { generation: 0, rolling: false, versions: [], ...record },
      }),
    }),
  };
}

function plan(
  options: Pick<Parameters<typeof planChange>[0], 'snapshot' | 'desired'> & {
    scaledBy?: string;
  },
) {
  return planChange({
    identity,
    autoscaler: name => (name === identity.name ? options.scaledBy : undefined),
    drainMs: 5000,
    now,
    ...options,
  });
}

describe('the next step on Kubernetes', () => {
  it('starts the first release in the Deployment that has the name of the component', () => {
    const change = plan({
      snapshot: snapshot([]),
      desired: desired([[one, 2, 100]]),
    });
    expect(change).toMatchObject({
      route: 'all',
      preview: undefined,
      deployments: [{ name: 'shop', write: true, replicas: 2 }],
      remove: [],
    });
  });

  it('points the Service at the old release alone before another one stands beside it', () => {
    const wish = desired([
      [two, 2, 0],
      [one, 2, 100],
    ]);
    const home = deployment(one, 'shop');
    const first = plan({ snapshot: snapshot([home], 'all'), desired: wish });
    expect(first.route).toEqual({ release: keyOne });
    expect(first.deployments.map(({ name, write }) => [name, write])).toEqual([
      [own, true],
      ['shop', false],
    ]);

    // While an update is half done it cannot do that without losing copies that serve, and so starts nothing either.
    const half = plan({
      snapshot: snapshot(
        [
          deployment(one, 'shop', { replicas: 2, ready: 1 }),
          deployment(demoWeb(2), 'shop-old', { replicas: 1 }),
        ],
        'all',
      ),
      desired: wish,
    });
    expect(half.route).toBe('all');
    expect(half.deployments.map(({ name }) => name)).toEqual(['shop']);
  });

  it('switches only when as many copies are ready as are asked for', () => {
    const wish = desired([
      [two, 2, 100],
      [one, 2, 0],
    ]);
    const at = (ready: number) =>
      plan({
        snapshot: snapshot(
          [deployment(one, 'shop'), deployment(two, own, { ready })],
          { release: keyOne },
        ),
        desired: wish,
      }).route;
    expect(at(1)).toEqual({ release: keyOne });
    expect(at(2)).toEqual({ release: keyTwo });
  });

  it('switches to the little there is when what has the traffic is dead', () => {
    const change = plan({
      snapshot: snapshot(
        [
          deployment(one, 'shop', { ready: 0 }),
          deployment(two, own, { ready: 1 }),
        ],
        { release: keyOne },
      ),
      desired: desired([
        [two, 2, 100],
        [one, 2, 0],
      ]),
    });
    expect(change.route).toEqual({ release: keyTwo });
  });

  it('stops the old release only after requests under way have had their time', () => {
    const wish = desired([[two, 2, 100]]);
    const removed = (switchedAt?: string) =>
      plan({
        snapshot: snapshot(
          [deployment(one, 'shop'), deployment(two, own)],
          { release: keyTwo },
          { ...(switchedAt && { switchedAt }) },
        ),
        desired: wish,
      }).remove.map(({ metadata }) => metadata?.name);
    expect(removed('2025-12-31T23:59:56.000Z')).toEqual([]);
    expect(removed('2025-12-31T23:59:55.000Z')).toEqual(['shop']);
    expect(removed()).toEqual(['shop']);
  });

  it('takes a rolling update back in the same Deployment', () => {
    const change = plan({
      snapshot: snapshot([deployment(two, 'shop', { ready: 0 })], 'all'),
      desired: desired([[one, 2, 100]]),
    });
    expect(change).toMatchObject({
      route: 'all',
      deployments: [{ name: 'shop', write: true }],
    });
  });

  it('keeps to the place that it has chosen for as long as the same is desired', () => {
    const wish = desired([[two, 2, 100]]);
    const places = (record: Partial<DesiredRecord>) =>
      plan({
        snapshot: snapshot(
          [deployment(one, 'shop')],
          { release: keyOne },
          record,
        ),
        desired: wish,
      }).deployments.map(({ name }) => name);
    const versions = [
      {
        releaseId: two.releaseId,
        version: '2',
        replicas: 2,
        weight: 100,
        deployment: own,
      },
    ];
    expect(places({ versions, generation: wish.generation })).toEqual([own]);
    expect(places({ versions, generation: wish.generation - 1 })).toEqual([
      'shop',
    ]);
  });

  describe('under an autoscaler', () => {
    const scaledBy = 'HorizontalPodAutoscaler shop';

    it('writes no number of copies, and runs as many beside it as it has', () => {
      const change = plan({
        snapshot: snapshot([deployment(one, 'shop', { replicas: 7 })], {
          release: keyOne,
        }),
        desired: desired([
          [two, 2, 0],
          [one, 2, 100],
        ]),
        scaledBy,
      });
      expect(
        change.deployments.map(({ name, replicas }) => [name, replicas]),
      ).toEqual([
        [own, 7],
        ['shop', undefined],
      ]);
    });

    it('does not shrink what has the traffic when the autoscaler shrinks what has none', () => {
      const change = plan({
        snapshot: snapshot(
          [
            deployment(one, 'shop', { replicas: 1 }),
            deployment(two, own, { replicas: 7 }),
          ],
          { release: keyTwo },
        ),
        desired: desired([
          [two, 2, 100],
          [one, 2, 0],
        ]),
        scaledBy,
      });
      expect(change.deployments[0]).toMatchObject({ name: own, replicas: 7 });
    });

    it('comes to rest where it is scaled, and keeps the other copies until that is done', () => {
      const wish = desired([[two, 2, 100]]);
      const moving = plan({
        snapshot: snapshot([deployment(one, 'shop'), deployment(two, own)], {
          release: keyTwo,
        }),
        desired: wish,
        scaledBy,
      });
      expect(moving).toMatchObject({
        route: { release: keyTwo },
        deployments: [{ name: 'shop', write: true, replicas: undefined }],
        remove: [],
      });
      const moved = plan({
        snapshot: snapshot([deployment(two, 'shop'), deployment(two, own)], {
          release: keyTwo,
        }),
        desired: wish,
        scaledBy,
      });
      expect(moved.remove.map(({ metadata }) => metadata?.name)).toEqual([own]);
    });
  });
});

import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import type { DesiredState } from '@slipway/backstage-plugin-delivery-node';
import {
  identityOf,
  labels,
  ownDeploymentName,
  releaseKey,
} from '@slipway/backstage-plugin-kubernetes-node';
import { demoWeb, desired, targetIn } from '../__testUtils__/target';
import { deploymentObject } from '../objects/deploymentObject';
import type { DesiredRecord } from '../objects/desiredRecord';
import { type HttpRoute, withPreviewWeight } from '../objects/httpRoute';
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

  describe('of a canary', () => {
    /** The two releases, the route's part for the canary, and what the gateway has seen of it. */
    function beside(options: {
      weight: number;
      canary?: { replicas?: number; ready?: number };
      service?: string;
      behind?: boolean;
      record?: Partial<DesiredRecord>;
    }): Snapshot {
      const route: HttpRoute = {
        metadata: { name: 'shop', generation: 2 },
        spec: { rules: [{ backendRefs: [{ name: 'shop', weight: 1 }] }] },
        status: {
          parents: [
            {
              controllerName: 'example.com/gateway',
              parentRef: { name: 'public' },
              conditions: [
                {
                  type: 'Accepted',
                  status: 'True',
                  observedGeneration: options.behind ? 1 : 2,
                },
              ],
            },
          ],
        },
      };
      return {
        ...snapshot(
          [deployment(one, 'shop'), deployment(two, own, options.canary)],
          { release: options.service ?? keyOne },
          { httpRoute: 'shop', ...options.record },
        ),
        preview: serviceObject({
          identity,
          name: identity.previewName,
          namespace: 'any',
          route: { release: keyTwo },
        }),
        httpRoute: withPreviewWeight(route, identity, options.weight),
      };
    }
    const part = (weight: number, replicas = 1) =>
      desired([
        [two, replicas, weight],
        [one, 2, 100 - weight],
      ]);
    const promoted = desired([
      [two, 2, 100],
      [one, 2, 0],
    ]);

    it('sends it more only once its copies are ready', () => {
      const at = (ready: number) =>
        plan({
          snapshot: beside({ weight: 20, canary: { replicas: 2, ready } }),
          desired: part(50, 2),
        });
      expect(at(1)).toMatchObject({
        route: { release: keyOne },
        previewWeight: 20,
        preview: keyTwo,
      });
      expect(at(2).previewWeight).toBe(50);
    });

    it('takes requests away at once, and copies only after the gateway has heard of that', () => {
      const wish = part(20);
      const step = (weight: number, behind: boolean) => {
        const { deployments, previewWeight } = plan({
          snapshot: beside({ weight, behind, canary: { replicas: 3 } }),
          desired: wish,
        });
        return [previewWeight, deployments[0].replicas];
      };
      expect(step(60, false)).toEqual([20, 3]);
      expect(step(20, true)).toEqual([20, 3]);
      expect(step(20, false)).toEqual([20, 1]);
    });

    it('keeps its part until the Service sends it the rest', () => {
      const at = (ready: number) =>
        plan({
          snapshot: beside({ weight: 50, canary: { ready } }),
          desired: promoted,
        });
      expect(at(1)).toMatchObject({
        route: { release: keyOne },
        previewWeight: 50,
      });
      // The Service is written before the route.
      expect(at(2)).toMatchObject({
        route: { release: keyTwo },
        previewWeight: 0,
      });
    });

    it('takes it back by weight first, and its Service and copies after requests under way have had their time', () => {
      const wish = desired([[one, 2, 100]]);
      const steps = [
        beside({ weight: 50, canary: { ready: 0 } }),
        beside({
          weight: 0,
          record: { switchedAt: '2025-12-31T23:59:58.000Z' },
        }),
        beside({
          weight: 0,
          behind: true,
          record: { switchedAt: '2025-12-31T23:59:00.000Z' },
        }),
        beside({
          weight: 0,
          record: { switchedAt: '2025-12-31T23:59:00.000Z' },
        }),
      ].map(seen => {
        const change = plan({ snapshot: seen, desired: wish });
        return {
          route: change.route,
          weight: change.previewWeight,
          preview: change.preview,
          removed: change.remove.map(({ metadata }) => metadata?.name),
        };
      });
      const waiting = {
        route: { release: keyOne },
        weight: 0,
        preview: keyTwo,
        removed: [],
      };
      expect(steps).toEqual([
        waiting,
        waiting,
        waiting,
        { ...waiting, preview: undefined, removed: [own] },
      ]);
    });

    it('runs its part of as many copies as the autoscaler has had at most', () => {
      const copies = (wish: DesiredState) =>
        plan({
          snapshot: beside({ weight: 20, record: { scaledCopies: 10 } }),
          desired: wish,
          scaledBy: 'HorizontalPodAutoscaler shop',
        }).deployments.map(({ replicas }) => replicas);
      expect(copies(part(50))).toEqual([5, undefined]);
      expect(copies(promoted)).toEqual([10, undefined]);
    });
  });
});

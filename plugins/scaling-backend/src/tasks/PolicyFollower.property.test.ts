// What must hold depends on how each of the random stories goes.
/* eslint-disable jest/no-conditional-expect */
import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { policy } from '../__testUtils__/policy';
import type { CatalogReader } from '../catalog/CatalogReader';
import type {
  AutoscalerStore,
  StoredAutoscaler,
} from '../database/AutoscalerStore';
import type { ChangeStore, StoredChange } from '../database/ChangeStore';
import type { DeliveryMeans } from '../effects/DeliveryMeans';
import type { ProviderRegistry } from '../registry/ProviderRegistry';
import { PolicyFollower } from './PolicyFollower';

jest.setTimeout(60_000);

const most = 8;
const start = Date.parse('2026-03-10T12:00:00Z');

const standing = {
  change: { id: 'change' },
  state: {
    phase: 'active',
    applied: true,
    asked: {
      kind: 'policy',
      via: 'delivery',
      target: { id: 'target', tier: 'production', environmentRef: 'here' },
      policy: policy({
        replicas: { production: { min: 2, max: 10 } },
        metrics: [{ type: 'requestsPerReplica', target: 10 }],
        behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
      }),
    },
  },
} as unknown as StoredChange;

/** One target with its row and its delivery, where each call takes as long as the scheduler says. */
class World {
  replicas = 3;
  load: number | undefined = 30;
  now = start;
  byHand = false;
  /** Every number that delivery took, with the look that it was reckoned at. */
  readonly taken: Array<{ look: number; replicas: number }> = [];
  refused = 0;
  #rollouts = 0;
  #row: StoredAutoscaler | undefined;

  constructor(private readonly scheduler: fc.Scheduler) {}

  /** One replica of the backend. */
  worker(): PolicyFollower {
    const later = async <T>(act: () => T): Promise<T> => {
      await this.scheduler.schedule(Promise.resolve());
      return act();
    };
    const store: Pick<AutoscalerStore, 'get' | 'advance'> = {
      get: () => later(() => this.#row),
      advance: (_target, after, kept) =>
        later(() => {
          if ((this.#row?.look ?? 0) !== after) return false;
          this.#row = structuredClone({ look: after + 1, ...kept });
          return true;
        }),
    };
    const changes: Pick<ChangeStore, 'activeOf' | 'followed' | 'get'> = {
      followed: async () => [standing],
      get: () => later(() => standing),
      activeOf: () =>
        later(() =>
          this.byHand
            ? ({ change: { reason: 'By hand' } } as StoredChange)
            : undefined,
        ),
    };
    const delivery: Pick<DeliveryMeans, 'look' | 'write'> = {
      look: () =>
        later(() => ({
          replicas: this.replicas,
          lastRolloutId: String(this.#rollouts),
        })),
      write: (_target, { replicas }, { key, lastRolloutId }) =>
        later(() => {
          if (lastRolloutId !== String(this.#rollouts)) {
            this.refused += 1;
            return { held: 'Something has changed it since' };
          }
          this.set(replicas!);
          this.taken.push({
            look: Number(key.split('/')[1]),
            replicas: replicas!,
          });
          return 'done' as const;
        }),
    };
    const load = {
      refusal: () => undefined,
      measure: () =>
        later(() => {
          if (this.load === undefined) throw new ConflictError('Not measured');
          return { totals: { requestsPerReplica: this.load } };
        }),
    };
    return new PolicyFollower({
      auth: mockServices.auth(),
      autoscalers: store as AutoscalerStore,
      catalog: {
        environment: async () => ({ runtime: 'test' }),
      } as unknown as CatalogReader,
      changes: changes as ChangeStore,
      delivery: delivery as DeliveryMeans,
      // Events of a target are another test's.
      knex: { transaction: async () => undefined } as unknown as Knex,
      logger: mockServices.logger.mock(),
      most: { development: most, staging: most, production: most },
      now: () => this.now,
      registry: {
        forRuntime: () => ({ load }),
      } as unknown as ProviderRegistry,
    });
  }

  /** As delivery sets it, whoever asks. */
  set(replicas: number): void {
    this.replicas = replicas;
    this.#rollouts += 1;
  }
}

const happening = fc.oneof(
  fc.record({
    type: fc.constant('load' as const),
    load: fc.option(fc.integer({ min: 0, max: 150 }), { nil: undefined }),
  }),
  fc.record({
    type: fc.constant('hand' as const),
    replicas: fc.integer({ min: 1, max: most }),
  }),
  fc.record({
    type: fc.constant('released' as const),
    replicas: fc.integer({ min: 1, max: most }),
  }),
);

describe('workers that follow a policy at the same time', () => {
  it('never set a number that was reckoned before one that is set, nor one beyond the limits, nor one while somebody has set it by hand', async () => {
    let taken = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(happening, { minLength: 1, maxLength: 8 }),
        async (scheduler, happenings) => {
          const world = new World(scheduler);
          const signal = new AbortController().signal;
          const runs: Promise<void>[] = [];
          const look = () => {
            world.now += 5000;
            runs.push(world.worker().run(signal));
          };
          look();
          for (const what of happenings) {
            look();
            // Some calls get through, others are late.
            for (let i = 0; i < 6 && scheduler.count() > 0; i++)
              await scheduler.waitOne();
            if (what.type === 'load') world.load = what.load;
            else {
              world.byHand = what.type === 'hand';
              world.set(what.replicas);
              // From here on only what was reckoned after it counts.
              const before = world.taken.length;
              if (world.byHand) {
                look();
                await scheduler.waitFor(Promise.all(runs));
                expect(world.taken).toHaveLength(before);
                expect(world.replicas).toBe(what.replicas);
                world.byHand = false;
              }
            }
          }
          await scheduler.waitFor(Promise.all(runs));
          const looks = world.taken.map(one => one.look);
          expect(looks).toEqual([...new Set(looks)].sort((a, b) => a - b));
          for (const { replicas } of world.taken) {
            expect(replicas).toBeGreaterThanOrEqual(2);
            // The tier allows less than the policy.
            expect(replicas).toBeLessThanOrEqual(most);
          }
          taken += world.taken.length;
          refused += world.refused;
        },
      ),
      { numRuns: 150, seed: 20261127 },
    );
    // What is said above was put to the test.
    expect(taken).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(0);
  });
});

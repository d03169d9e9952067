import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { HealthStatus } from '@slipway/backstage-plugin-delivery-common';
import type { DeliveryTarget } from '@slipway/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { observationOf } from '../__testUtils__/RolloutRehearsal';
import { TestRuntime } from '../__testUtils__/TestRuntime';
import { DeploymentStore } from '../database/DeploymentStore';
import { migrate } from '../database/migrate';
import { DeliveryRegistry } from '../registry/DeliveryRegistry';
import { DeploymentObserver } from './DeploymentObserver';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const count = 230;
const refOf = (index: number) =>
  `component:default/c${String(index).padStart(3, '0')}`;
const environmentRef = 'resource:default/production';

/** Everywhere the release runs that is stored, and is as well as it is said to be. */
class Landscape extends TestRuntime {
  readonly health = new Map<string, HealthStatus>();
  readonly looked: string[] = [];
  onLook = async (_ref: string) => {};

  override async observe({ componentRef }: DeliveryTarget) {
    this.looked.push(componentRef);
    await this.onLook(componentRef);
    const release = {
      releaseId: `release-${componentRef}`,
      version: '1.0.0',
      artifact: { kind: 'test', reference: 'x', digest: 'sha256:0', spec: {} },
      environmentVariables: {},
      health: {},
    };
    return observationOf(
      { generation: 1, versions: [{ release, replicas: 1, weight: 100 }] },
      { health: this.health.get(componentRef) ?? 'healthy' },
    );
  }
}

async function insert(knex: Knex): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => ({
    component_ref: refOf(index),
    environment_ref: environmentRef,
    component_title: refOf(index),
    environment_name: 'production',
    environment_order: 1,
    tier: 'production',
    runtime: 'test',
    settings: '{}',
    release: JSON.stringify({ releaseId: `release-${refOf(index)}` }),
    replicas: 1,
    health: 'unknown',
    generation: 1,
    updated_at: '2026-01-01T00:00:00.000Z',
  }));
  await knex.batchInsert('deployments', rows, 50);
}

describe.each(databases.eachSupportedId())('looking at targets on %s', id => {
  let knex: Knex;
  let landscape: Landscape;
  let told: string[];
  let observer: DeploymentObserver;

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrate(knex);
    await insert(knex);
    landscape = new Landscape();
    told = [];
    const registry = new DeliveryRegistry();
    registry.addRuntime(landscape);
    observer = new DeploymentObserver({
      knex,
      registry,
      logger: mockServices.logger.mock(),
      now: () => Date.UTC(2026, 10, 23),
      onChange: async ({ componentRef }) => void told.push(componentRef),
    });
  });

  const round = () => observer.run(new AbortController().signal);
  const healthOf = async (index: number) => {
    const key = { componentRef: refOf(index), environmentRef };
    return (await new DeploymentStore(knex).get(key))?.health;
  };

  it('reaches every one, and tells and writes what has changed only', async () => {
    await round();
    expect(told).toHaveLength(count);
    expect(await healthOf(count - 1)).toBe('healthy');
    told.length = 0;
    landscape.health.set(refOf(150), 'degraded');
    await round();
    expect(landscape.looked).toHaveLength(2 * count);
    expect(told).toEqual([refOf(150)]);
    expect(await healthOf(150)).toBe('degraded');
  });

  it('looks at what is said to look different before its round, once, and at nothing else', async () => {
    await round();
    told.length = 0;
    landscape.looked.length = 0;
    landscape.health.set(refOf(7), 'degraded');
    const changed = { componentRef: refOf(7), environmentRef };
    observer.lookSoon(changed);
    observer.lookSoon(changed);
    observer.lookSoon({
      componentRef: 'component:default/other',
      environmentRef,
    });
    while (!told.length) await new Promise(resolve => setImmediate(resolve));
    await observer.stop();
    expect(landscape.looked).toEqual([refOf(7)]);
    expect(told).toEqual([refOf(7)]);
    expect(await healthOf(7)).toBe('degraded');

    observer.lookSoon(changed);
    await observer.stop();
    expect(landscape.looked).toEqual([refOf(7)]);
  });

  it('goes on where a round was stopped, and believes nothing of what was under way then', async () => {
    const stop = new AbortController();
    landscape.onLook = async ref => {
      if (ref === refOf(120)) stop.abort();
    };
    await observer.run(stop.signal);
    expect(landscape.looked.length).toBeLessThan(count);
    expect(await healthOf(99)).toBe('healthy');
    expect(await healthOf(120)).toBe('unknown');
    landscape.onLook = async () => {};
    landscape.looked.length = 0;
    await round();
    expect(landscape.looked).not.toContain(refOf(99));
    expect(landscape.looked).toContain(refOf(count - 1));
    await round();
    expect(new Set(told).size).toBe(count);
    expect(await healthOf(120)).toBe('healthy');
  });

  it('leaves a target alone that a rollout takes meanwhile', async () => {
    landscape.onLook = async ref => {
      if (ref !== refOf(7)) return;
      await knex('deployments')
        .where({ component_ref: ref })
        .update({ active_rollout_id: 'a-rollout' });
    };
    await round();
    expect(told).not.toContain(refOf(7));
    expect(await healthOf(7)).toBe('unknown');
  });

  it('does not keep the others waiting for one that cannot be seen', async () => {
    landscape.onLook = async ref => {
      if (ref === refOf(3)) throw new Error('The cluster is gone');
    };
    await round();
    expect(await healthOf(3)).toBe('unknown');
    expect(await healthOf(4)).toBe('healthy');
  });
});

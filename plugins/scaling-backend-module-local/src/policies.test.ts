import type {
  Deployment,
  Rollout,
} from '@slipway/backstage-plugin-delivery-common';
import type {
  ScalingChange,
  ScalingEvent,
  ScalingTarget,
  WhatIf,
} from '@slipway/backstage-plugin-scaling-common';
import { pause, startPortal } from './__testUtils__/startPortal';

jest.setTimeout(300_000);

// Takes its time, and works little.
const software = `
const server = require('node:http').createServer((req, res) => setTimeout(() => res.end(String(process.pid)), 40));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(process.env.PORT, process.env.HOST);
`;
const place = {
  componentRef: 'component:default/shop',
  environmentRef: 'resource:default/development',
};
const policy = {
  apiVersion: 'slipway.dev/v1alpha1',
  kind: 'ScalingPolicy',
  metadata: { name: 'by-requests' },
  spec: {
    replicas: { development: { min: 1, max: 3 } },
    metrics: [{ type: 'requestsPerReplica', target: 15 }],
    behavior: { scaleDown: { stabilizationWindowSeconds: 10 } },
  },
};

/** Clients that each send one request after the other, with a pause between; at most 25 in a second each. */
class Clients {
  readonly answers: number[] = [];
  readonly pids = new Set<string>();
  readonly #running: Promise<void>[] = [];
  #stopping = false;

  constructor(
    private readonly address: string,
    options: { clients: number; pauseMs: number },
  ) {
    for (let i = 0; i < options.clients; i++)
      this.#running.push(this.#client(options.pauseMs));
  }

  async #client(pauseMs: number): Promise<void> {
    while (!this.#stopping) {
      try {
        const response = await fetch(this.address);
        this.pids.add(await response.text());
        this.answers.push(response.status);
      } catch {
        this.answers.push(0);
      }
      await pause(pauseMs);
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#running);
  }
}

describe('a policy on the embedded runtime', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    portal = await startPortal(software);
  });

  afterAll(async () => {
    await portal.stop();
  });

  async function until<T>(
    read: () => Promise<T>,
    holds: (value: T) => boolean,
    seconds = 60,
  ): Promise<T> {
    for (const end = Date.now() + seconds * 1000; ;) {
      const value = await read();
      if (holds(value)) return value;
      if (Date.now() > end)
        throw new Error(`It stands at ${JSON.stringify(value)}`);
      await pause(200);
    }
  }

  const query = `componentRef=${place.componentRef}&environmentRef=${place.environmentRef}`;
  const deployment = async () =>
    (
      await portal.ask<{ items: Deployment[] }>(
        `/delivery/deployments?${query}`,
      )
    ).items[0];
  const target = async () =>
    (await portal.ask<{ items: ScalingTarget[] }>(`/scaling/targets?${query}`))
      .items[0];

  /** Looks at the load more often than the plugin does, so that the test is short. */
  async function followUntil(replicas: number): Promise<void> {
    await until(
      async () => {
        await portal.follow();
        await pause(2000);
        return deployment();
      },
      now => now.replicas === replicas && !now.activeRolloutId,
      120,
    );
  }

  it('has copies come under load and go after it, and no request fails', async () => {
    const { id: releaseId } = await portal.ask<{ id: string }>(
      '/delivery/releases',
      {
        componentRef: place.componentRef,
        version: '1.0.0',
        artifact: {
          kind: 'directory',
          spec: { path: 'shop', command: ['node', 'server.js'] },
        },
      },
    );
    const { id } = await portal.ask<Rollout>('/delivery/rollouts', {
      ...place,
      releaseId,
      replicas: 1,
    });
    const rollout = await until(
      () => portal.ask<Rollout>(`/delivery/rollouts/${id}`),
      ({ finishedAt }) => finishedAt !== undefined,
    );
    const address = rollout.observation!.address!;
    await portal.look();
    const found = await target();
    expect(found.driver).toEqual({ kind: 'fixed' });
    const asked = await portal.ask<ScalingChange>(
      `/scaling/targets/${found.id}/policy`,
      { policy, reason: 'It follows the load' },
    );
    const change = await until(
      () => portal.ask<ScalingChange>(`/scaling/changes/${asked.id}`),
      ({ phase }) => phase === 'active',
    );
    expect(change.via).toBe('delivery');

    // Up to 80 requests in a second, where 15 are wanted of each copy.
    const crowd = new Clients(address, { clients: 6, pauseMs: 35 });
    await followUntil(3);
    const scaled = await deployment();
    expect(scaled.observation?.versions).toEqual([
      expect.objectContaining({ releaseId, readyReplicas: 3 }),
    ]);
    crowd.pids.clear();
    await pause(1000);
    expect(crowd.pids.size).toBe(3);
    await portal.look();
    const busy = await target();
    expect(busy).toMatchObject({
      driver: { kind: 'slipway', name: 'by-requests' },
      minReplicas: 1,
      maxReplicas: 3,
      desiredReplicas: 3,
    });
    const byName = Object.fromEntries(
      busy.metrics.map(metric => [metric.name, metric]),
    );
    expect(byName.requestsPerReplica.average).toBeGreaterThan(5);
    expect(byName.requestsPerReplica.ratio).toBeGreaterThan(0.3);
    expect(byName.cpu.average).toBeGreaterThan(0);
    expect(byName.memory.average).toBeGreaterThan(10 * 1024 * 1024);
    await crowd.stop();

    const trickle = new Clients(address, { clients: 1, pauseMs: 300 });
    await followUntil(1);
    await trickle.stop();
    const answers = [...crowd.answers, ...trickle.answers];
    expect(answers.length).toBeGreaterThan(300);
    expect(answers.filter(status => status !== 200)).toEqual([]);

    const { items } = await portal.ask<{ items: ScalingEvent[] }>(
      `/scaling/targets/${found.id}/events`,
    );
    expect(items.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^1 to [23]: requestsPerReplica is at/),
    );
    // What was measured is there to try other policies on.
    const tried = await portal.ask<WhatIf>(
      `/scaling/targets/${found.id}/what-if`,
      { policy },
    );
    expect(tried.series.length).toBeGreaterThan(0);
  });
});

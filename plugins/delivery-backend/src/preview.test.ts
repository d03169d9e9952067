import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { DeliveryRuntime } from '@slipway/backstage-plugin-delivery-node';
import {
  checkout,
  DeliveryCalls,
  production,
} from './__testUtils__/DeliveryCalls';
import { Grants } from './__testUtils__/Grants';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('what the runtime would change', () => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  const calls = new DeliveryCalls(() => delivery.server);
  const grants = new Grants();
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);

  beforeAll(async () => {
    delivery = await startDelivery(
      await databases.init('SQLITE_3'),
      grants.feature,
      {
        features: [
          createServiceFactory({
            service: coreServices.logger,
            deps: {},
            factory: () => logger,
          }),
        ],
      },
    );
  });
  afterAll(() => delivery?.backend.stop());
  beforeEach(() => logger.warn.mockClear());

  const say = (preview: DeliveryRuntime['preview']) => {
    delivery.runtime.preview = preview;
  };
  let count = 0;
  const release = () => {
    count += 1;
    return calls.release(`${count}.0.0`);
  };
  const asked = async (query: Record<string, string> = {}) => {
    const { body, status } = await calls.get(
      `/releases/${await release()}/preview?${new URLSearchParams({ environmentRef: production, ...query })}`,
    );
    expect([status, body.detail]).toEqual([200, undefined]);
    return body;
  };

  it('is told object by object, without those that stay', async () => {
    const heard = jest.fn();
    say(async (target, { version }, { strategy }) => {
      heard(target.componentRef, target.environmentName, strategy, version);
      return {
        note: 'A Job is run first',
        objects: [
          { name: 'Deployment a', before: 'image: 1\n', after: 'image: 2\n' },
          { name: 'Service a', before: 'port: 80\n', after: 'port: 80\n' },
          { name: 'Deployment b', after: 'image: 2\n' },
          { name: 'Deployment c', before: 'image: 0\n' },
          {
            name: 'Deployment d',
            before: 'image: 0\n',
            conflicts: [
              { field: '.spec', owner: 'flux', message: 'flux has it' },
            ],
          },
        ],
      };
    });
    const answer = await asked({ strategy: 'blueGreen' });
    expect(heard).toHaveBeenCalledWith(
      checkout,
      'production',
      'blueGreen',
      `${count}.0.0`,
    );
    expect(answer).toEqual({
      state: 'known',
      note: 'A Job is run first',
      items: [
        {
          name: 'Deployment a',
          change: 'changed',
          patch: expect.stringContaining('-image: 1\n+image: 2\n'),
        },
        {
          name: 'Deployment b',
          change: 'added',
          patch: expect.stringContaining('+image: 2\n'),
        },
        {
          name: 'Deployment c',
          change: 'removed',
          patch: expect.stringContaining('-image: 0\n'),
        },
        {
          name: 'Deployment d',
          change: 'changed',
          patch: '',
          conflicts: [
            { field: '.spec', owner: 'flux', message: 'flux has it' },
          ],
        },
      ],
    });
  });

  it("takes the environment's strategy where none is named", async () => {
    const strategies: string[] = [];
    say(async (_target, _release, { strategy }) => {
      strategies.push(strategy);
      return { objects: [] };
    });
    expect(await asked()).toEqual({ state: 'known', items: [] });
    await asked({ environmentRef: 'resource:default/staging' });
    expect(strategies).toEqual(['canary', 'rolling']);
  });

  it('is none where the runtime does not tell, and never an error where it fails', async () => {
    say(undefined);
    expect(await asked()).toEqual({
      state: 'none',
      reason: 'Test runtime does not tell beforehand what would change',
      items: [],
    });
    for (const error of [
      new InputError('spec.target.cluster: there is no such cluster'),
      new NotFoundError('There is no such thing'),
      new ServiceUnavailableError("Cluster 'main' does not answer"),
    ]) {
      say(async () => {
        throw error;
      });
      expect(await asked()).toEqual({
        state: 'unknown',
        reason: error.message,
        items: [],
      });
    }
  });

  it('tells the log, and nobody else, what a runtime did not mean for people', async () => {
    say(async () => {
      throw new Error('connect 10.0.0.7:443 with token abc refused');
    });
    expect(await asked()).toEqual({
      state: 'unknown',
      reason: 'Test runtime could not answer; try again later',
      items: [],
    });
    expect(JSON.stringify(logger.warn.mock.calls)).toContain('10.0.0.7');
  });

  it('waits for ten seconds at most, for a runtime that heeds its signal and for one that does not', async () => {
    let signal: AbortSignal | undefined;
    const late = {
      state: 'unknown',
      reason:
        'Test runtime has not answered within 10 seconds; try again later',
      items: [],
    };
    const began = performance.now();
    say(
      (_target, _release, context) =>
        new Promise((_resolve, reject) => {
          signal = context.signal;
          context.signal.addEventListener('abort', () =>
            reject(context.signal.reason),
          );
        }),
    );
    const heeding = asked();
    // The next one must not replace it before it was asked.
    while (!signal) await new Promise(resolve => setImmediate(resolve));
    say(() => new Promise(() => {}));
    expect(await Promise.all([heeding, asked()])).toEqual([late, late]);
    const seconds = (performance.now() - began) / 1000;
    expect(seconds).toBeGreaterThan(9.5);
    expect(seconds).toBeLessThan(20);
    expect(signal.aborted).toBe(true);
  });

  it('is for those who may read releases', async () => {
    say(async () => ({ objects: [] }));
    const path = `/releases/${await release()}/preview?environmentRef=${encodeURIComponent(production)}`;
    expect((await calls.get(path, 'stranger')).status).toBe(200);
    grants.refuse(
      'user:default/stranger',
      permission => permission === 'delivery.release.read',
    );
    expect((await calls.get(path, 'stranger')).status).toBe(403);
    expect((await calls.get(path)).status).toBe(200);
  });

  it('refuses what is not there', async () => {
    const status = async (id: string, query: Record<string, string>) =>
      (await calls.get(`/releases/${id}/preview?${new URLSearchParams(query)}`))
        .status;
    const id = await release();
    expect(await status('nothing', { environmentRef: production })).toBe(404);
    expect(await status(id, { environmentRef: 'resource:default/moon' })).toBe(
      400,
    );
    expect(await status(id, {})).toBe(400);
    expect(
      await status(id, { environmentRef: production, strategy: 'bang' }),
    ).toBe(400);
  });
});

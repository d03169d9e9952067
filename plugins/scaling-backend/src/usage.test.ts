import { TestDatabases } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  ReplicaRequests,
  UsageSource,
} from '@slipway/backstage-plugin-scaling-node';
import { observed } from './__testUtils__/TestProvider';
import { TestScaling } from './__testUtils__/TestScaling';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const entities = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout' },
    spec: {},
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'production' },
    spec: {
      type: 'environment',
      tier: 'production',
      runtime: 'test',
      target: { namespace: 'shops' },
    },
  },
];
const containers = [
  {
    name: 'app',
    requests: { cpuCores: 1 },
    limits: { memoryBytes: 100 },
  },
];

describe('usage of replicas', () => {
  let scaling: TestScaling;
  let id: string;
  const usage: jest.MockedFunction<UsageSource['usage']> = jest.fn();
  const requests: jest.MockedFunction<NonNullable<UsageSource['requests']>> =
    jest.fn();

  async function start(source?: UsageSource) {
    const knex = await databases.init('SQLITE_3');
    scaling = await TestScaling.start({
      knex,
      entities,
      config: {
        scaling: {
          prices: { currency: 'EUR', cpuCoreHour: 0.1 },
          rightSizing: { cpu: { percentile: 50, headroom: 100 } },
        },
      },
      ...(source && { usage: source }),
    });
    scaling.provider.shows.production = [observed('checkout', { containers })];
    await scaling.look();
    ({ id } = (await scaling.get('/targets')).body.items[0]);
  }

  beforeEach(() => {
    jest.resetAllMocks();
    usage.mockImplementation(async (_target, { from, to }) => {
      const points = (value: number) =>
        Array.from({ length: (to - from) / 300_000 }, (_, index) => ({
          at: from + index * 300_000,
          value,
        }));
      return {
        stepSeconds: 300,
        containers: [
          {
            container: 'app',
            cpu: [{ replica: 'a', points: points(0.1) }],
            memory: [{ replica: 'a', points: points(95) }],
            throttled: 0,
          },
        ],
      };
    });
    requests.mockResolvedValue([]);
  });

  afterEach(() => scaling.stop());

  const read = (path: string) => scaling.get(`/targets/${id}/${path}`);

  it('becomes a recommendation by the configured percentile, headroom and price', async () => {
    await start({ name: 'test', title: 'Test', usage, requests });
    const { body, status } = await read('right-sizing?days=7');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      source: 'Test',
      replicas: 1,
      containers: [
        {
          container: 'app',
          resources: [
            {
              resource: 'cpu',
              request: 1,
              samples: 2016,
              recommended: 0.2,
              verdict: 'lower',
            },
            { resource: 'memory', limit: 100, confidence: 'low' },
          ],
        },
      ],
      saving: { currency: 'EUR', perMonth: expect.closeTo(0.8 * 0.1 * 730) },
    });
    expect(Date.parse(body.to) - Date.parse(body.from)).toBe(7 * 86_400_000);
    expect(usage).toHaveBeenCalledWith(
      {
        environment: expect.objectContaining({
          name: 'production',
          settings: { namespace: 'shops' },
        }),
        componentRef: 'component:default/checkout',
        workload: 'Deployment/checkout',
      },
      { from: Date.parse(body.from), to: Date.parse(body.to) },
      { signal: expect.any(AbortSignal) },
    );
  });

  it('is asked of the source once for all who look at it, and again after a failure', async () => {
    await start({ name: 'test', title: 'Test', usage });
    usage.mockRejectedValueOnce(
      new ServiceUnavailableError('The recorder is down'),
    );
    expect((await read('right-sizing')).body).toMatchObject({
      refused: 'The recorder is down',
      containers: [],
    });
    await Promise.all([read('right-sizing'), read('right-sizing')]);
    expect((await read('right-sizing')).body.containers).toHaveLength(1);
    expect(usage).toHaveBeenCalledTimes(2);
  });

  it('is told as bottlenecks, and why it was not looked at', async () => {
    await start({ name: 'test', title: 'Test', usage, requests });
    expect((await read('bottlenecks')).body).toEqual({
      items: [expect.objectContaining({ kind: 'memoryNearLimit' })],
    });
    await scaling.stop();
    await start();
    expect((await read('bottlenecks')).body).toEqual({
      items: [],
      notLookedAt: expect.stringMatching(/add a source of usage/),
    });
  });

  it('keeps nothing back that is known without it, while a source is slow or fails', async () => {
    await start({ name: 'test', title: 'Test', usage, requests });
    usage.mockRejectedValueOnce(new TypeError('of undefined'));
    expect(await read('bottlenecks')).toMatchObject({
      status: 200,
      body: {
        items: [],
        notLookedAt: 'Test could not be asked; the log of the backend says why',
      },
    });
    let answer = () => {};
    const slow = new Promise<void>(resolve => {
      answer = resolve;
    });
    const quick = usage.getMockImplementation()!;
    usage.mockImplementationOnce(async (...rest) => {
      await slow;
      return quick(...rest);
    });
    expect((await read('bottlenecks')).body).toEqual({
      items: [],
      notLookedAt: 'Test has not answered yet; look again in a moment',
    });
    answer();
    expect((await read('bottlenecks')).body).toEqual({
      items: [expect.objectContaining({ kind: 'memoryNearLimit' })],
    });
    expect(usage).toHaveBeenCalledTimes(2);
  });

  it('says how requests spread', async () => {
    await start({ name: 'test', title: 'Test', usage, requests });
    const one = (replica: string, count: number): ReplicaRequests => ({
      replica,
      zone: replica,
      seconds: 3600,
      requests: count,
      errors: 0,
    });
    requests.mockResolvedValue([one('a', 3000), one('b', 1000)]);
    const { body } = await read('spread?minutes=60');
    expect(body).toMatchObject({
      source: 'Test',
      replicas: [
        { name: 'a', share: 0.75, uneven: expect.stringMatching(/50 % more/) },
        { name: 'b', share: 0.25 },
      ],
      zones: [{ name: 'a' }, { name: 'b' }],
    });
  });

  it('is refused where nobody knows it, hidden from those who may not see the target, and bounded', async () => {
    await start({ name: 'test', title: 'Test', usage, requests });
    usage.mockResolvedValue(undefined);
    requests.mockResolvedValue(undefined);
    for (const path of ['right-sizing', 'spread'])
      expect((await read(path)).body.refused).toBe(
        'Test recorded nothing of Deployment/checkout in production',
      );
    expect((await read('right-sizing?days=31')).status).toBe(400);
    expect((await read('spread?minutes=1')).status).toBe(400);
    scaling.allowed = false;
    expect((await read('right-sizing')).status).toBe(403);
    expect((await read('spread')).status).toBe(403);
  });
});

import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { JsonObject } from '@backstage/types';
import type { AnalysisSubject } from '@slipway/backstage-plugin-delivery-node';
import {
  describeWithPrometheus,
  password,
  Prometheus,
} from '@slipway/prometheus-testing';
import { subject } from './__testUtils__/subject';
import { PrometheusAnalysisProvider } from './PrometheusAnalysisProvider';
import type { PrometheusClient } from '@slipway/backstage-plugin-prometheus-node';

jest.setTimeout(120_000);

const context = {
  signal: new AbortController().signal,
  idempotencyKey: 'test',
};

describeWithPrometheus('a real Prometheus', () => {
  let prometheus: Prometheus;
  const clients: PrometheusClient[] = [];
  beforeAll(async () => {
    prometheus = await Prometheus.start();
    clients.push(prometheus.client());
  });
  afterAll(async () => {
    await Promise.all(clients.map(client => client.close()));
    await prometheus?.destroy();
  });

  const provider = (client = clients[0]) =>
    new PrometheusAnalysisProvider({ clients: [client], now: Date.now });
  const measure = (query: JsonObject, of: Partial<AnalysisSubject> = {}) =>
    provider().measure(query, subject(of), context);
  /** A series for each value. */
  const vector = (...values: string[]) =>
    values
      .map(value => `label_replace(vector(${value}), "n", "${value}", "", "")`)
      .join(' or ');

  it('gives conditions one number, of a scalar and of a vector of one', async () => {
    expect(await measure({ query: '1 / 3', unit: 's' })).toEqual({
      result: 1 / 3,
      value: 1 / 3,
      message: '0.3333 s',
    });
    expect(await measure({ query: 'vector(0.02)' })).toEqual({
      result: 0.02,
      value: 0.02,
      message: '0.02',
    });
  });

  it('gives them a list as Argo Rollouts does, where that is asked for', async () => {
    expect(
      await measure({ query: vector('1', '2'), result: 'list' }),
    ).toMatchObject({
      result: expect.arrayContaining([1, 2]),
      message: expect.stringMatching(/^2 series: /),
    });
    expect(await measure({ query: 'vector(3)', result: 'list' })).toEqual({
      result: [3],
      value: 3,
      message: '3',
    });
  });

  it.each(['number', 'list'])(
    'has nothing to judge, as a %s, where there is no number',
    async result => {
      for (const [query, why] of [
        ['vector(1) > 2', 'no series for vector(1) > 2'],
        ['vector(0) / 0', 'not a number, as where nothing is divided'],
        ['0 / 0', 'not a number, as where nothing is divided'],
        ['vector(1) / 0', 'infinite, as where something is divided'],
        ['vector(-1) / 0', 'infinite, as where something is divided'],
      ])
        expect(await measure({ query, result })).toEqual({
          result: null,
          message: expect.stringContaining(why),
        });
    },
  );

  it('takes several series for one number never', async () => {
    await expect(measure({ query: vector('1', '2') })).rejects.toThrow(
      /gives 2 series where one number is wanted; aggregate them.* The query was: label_replace/,
    );
  });

  it('does not judge what may be incomplete, because a remote store is down', async () => {
    const half = await Prometheus.start({ remoteRead: 'http://127.0.0.1:1/' });
    const client = half.client();
    try {
      expect(
        await provider(client).measure(
          { query: 'up or vector(0)' },
          subject(),
          context,
        ),
      ).toEqual({
        result: null,
        message: expect.stringMatching(
          /^the answer may be incomplete: remote_read: /,
        ),
      });
      expect(
        await provider(client).compare(
          { query: 'up{v="{{ version }}"} or vector(0)', stepSeconds: 5 },
          subject(),
          context,
        ),
      ).toMatchObject({
        canary: [],
        stable: [],
        message: expect.stringContaining('may be incomplete'),
      });
    } finally {
      await client.close();
      await half.destroy();
    }
  });

  it('fills variables in for the release, its target and the time since traffic was shifted', async () => {
    const query =
      'rate(foo{c="{{ component }}",cr="{{ componentRef }}",e="{{ environment }}",r="{{ release }}",v="{{ version }}",role="{{ role }}",s="{{ stable.release }}/{{ stable.version }}",ns="{{ target.namespace }}"}[{{ window }}])';
    expect(await measure({ query })).toEqual({
      result: null,
      message:
        'no series for rate(foo{c="checkout",cr="component:default/checkout",e="production",r="release-2",v="2.0.0",role="canary",s="release-1/1.0.0",ns="shop"}[60s])',
    });
    expect(await measure({ query, windowSeconds: 5 })).toMatchObject({
      message: expect.stringContaining('[5s]'),
    });
  });

  it('says what it does not know of a target or a first release', async () => {
    await expect(
      measure({ query: 'x{n="{{ target.cluster }}"}' }),
    ).rejects.toThrow(
      'spec.target.cluster of resource:default/production, which is not there',
    );
    await expect(
      measure({ query: 'x{n="{{ target.nested }}"}' }),
    ).rejects.toThrow('neither text nor number');
    expect(
      await measure(
        { query: 'x{v="{{ stable.version }}"}' },
        { stableReleaseId: undefined, stableVersion: undefined },
      ),
    ).toEqual({
      result: null,
      message: 'there is no release before this one to compare with',
    });
  });

  it('tells what Prometheus says of a query, with the place and the query as it was asked', async () => {
    await expect(
      measure({ query: 'rate(x{v="{{ version }}"})' }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /^Prometheus 'prometheus' does not understand the query: .*1:6: parse error: expected type range vector.* The query was: rate\(x\{v="2\.0\.0"\}\)$/,
      ),
    });
    await expect(
      measure({ query: `vector(1) + on() (${vector('1', '2')})` }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /cannot carry the query out: .*(duplicate|many-to)/,
      ),
    });
    await expect(
      measure({
        query: 'sum_over_time(sum_over_time(vector(1)[20h:1s])[20h:1s])',
        timeoutSeconds: 1,
      }),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /(gave the query up|did not answer within 1 seconds).*make (it|the query) cheaper/,
      ),
    });
  });

  it('stops waiting when nobody wants the answer any more', async () => {
    const controller = new AbortController();
    const measured = provider().measure({ query: '1' }, subject(), {
      ...context,
      signal: controller.signal,
    });
    controller.abort(new Error('not wanted'));
    await expect(measured).rejects.toThrow('not wanted');
  });

  it('lets in nobody who does not know the password, and shows it to nobody', async () => {
    const stranger = prometheus.client({
      auth: { basic: { username: 'slipway', password: 'tunafish' } },
    });
    clients.push(stranger);
    await expect(
      provider(stranger).measure({ query: '1' }, subject(), context),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message:
        "Prometheus 'prometheus' refuses us (status 401); check delivery.prometheus.servers[0].auth",
    });
    expect(JSON.stringify(clients)).not.toContain(password);
  });

  it('trusts no certificate that it was not told of', async () => {
    const trusting = prometheus.client({ tls: {} });
    clients.push(trusting);
    await expect(
      provider(trusting).measure({ query: '1' }, subject(), context),
    ).rejects.toThrow(/could not be reached \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
  });

  it('is reached through the proxy of the environment', async () => {
    const asked: Array<string | undefined> = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket, head) => {
      asked.push(request.url);
      const through = connect(prometheus.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        through.write(head);
        through.pipe(socket).pipe(through);
      });
      through.on('error', () => socket.destroy());
      socket.on('error', () => through.destroy());
    });
    await new Promise<void>(resolve => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
    const { port } = proxy.address() as AddressInfo;
    process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
    const behind = prometheus.client();
    delete process.env.HTTPS_PROXY;
    try {
      expect(
        await provider(behind).measure({ query: '1' }, subject(), context),
      ).toMatchObject({ result: 1 });
      expect(asked).toEqual([`127.0.0.1:${prometheus.port}`]);
    } finally {
      await behind.close();
      proxy.close();
    }
  });

  describe('a comparison', () => {
    const compare = (query: JsonObject, of: Partial<AnalysisSubject> = {}) =>
      provider().compare(query, subject(of), context);

    it('has one point for each step since traffic was shifted', async () => {
      expect(
        await compare({
          query:
            'sum(absent(x{v="{{ version }}"})) + 0 * count_over_time(vector(1)[{{ step }}:1s])',
          stepSeconds: 7,
          unit: 's',
        }),
      ).toEqual({
        canary: Array(8).fill(1),
        stable: Array(8).fill(1),
        unit: 's',
      });
    });

    it('asks nobody before the first step is over, and without a release before', async () => {
      const query = { query: 'x{v="{{ version }}"}', stepSeconds: 300 };
      expect(await compare(query)).toEqual({
        canary: [],
        stable: [],
        message:
          'the first point is there 300 seconds after traffic was shifted',
      });
      expect(await compare(query, { stableReleaseId: undefined })).toEqual({
        canary: [],
      });
    });
  });
});

describe('a query', () => {
  const problem = (query: JsonObject, compared = false, names = ['eu']) =>
    new PrometheusAnalysisProvider({
      clients: names.map(name => ({ name }) as PrometheusClient),
      now: Date.now,
    }).queryProblem(query, compared);

  it('is let through where it can be asked', () => {
    const rate = (duration: string) => ({
      query: `rate(x{v="{{ version }}"}[{{ ${duration} }}])`,
    });
    expect(problem(rate('window'))).toBeUndefined();
    expect(problem({ query: 'up', server: 'eu' })).toBeUndefined();
    expect(problem(rate('step'), true)).toBeUndefined();
  });

  it.each<[JsonObject, string]>([
    [{ query: 'up', server: 'us' }, "'server' names 'us', and there are 'eu'"],
    [{ query: 'sum(up' }, 'not PromQL at line 1, column 7'],
    [{ query: 'x{v="{{ args.name }}"}' }, "no variable '{{ args.name }}'"],
    [{ query: 'rate(x[{{ step }}])' }, 'Only comparisons have a step'],
  ])('is refused before anything is rolled out: %j', (query, why) => {
    expect(problem(query)).toContain(why);
  });

  it.each<[JsonObject, string]>([
    [
      { query: 'rate(x{v="{{ version }}"}[{{ window }}])' },
      "use '{{ step }}' in place of",
    ],
    [{ query: 'rate(x[{{ step }}])' }, 'given the same points'],
    [{ query: 'x{r="{{ role }}"}', result: 'list' }, "leave 'result' out"],
  ])('is refused for a comparison: %j', (query, why) => {
    expect(problem(query, true)).toContain(why);
  });

  it('names one of several servers, and none where none is configured', () => {
    expect(problem({ query: 'up' }, false, ['eu', 'us'])).toBe(
      "'server' must say which Prometheus is meant: 'eu', 'us'",
    );
    expect(problem({ query: 'up' }, false, [])).toMatch(
      /^No Prometheus is configured; name one in delivery\.prometheus\.servers/,
    );
  });
});

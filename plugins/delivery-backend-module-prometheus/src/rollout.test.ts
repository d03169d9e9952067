import type {
  Metric,
  Rollout,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import {
  describeWithPrometheus,
  Prometheus,
} from '@slipway/prometheus-testing';
import { ended, startPortal } from './__testUtils__/startPortal';

jest.setTimeout(180_000);

const requests = (more = '') =>
  `rate(http_requests_total{component="{{ component }}",version="{{ version }}"${more}}[{{ window }}])`;

// No series of failures is no failure, as long as there are requests.
const errorRatio = (more: Partial<Metric> = {}): Metric => ({
  name: 'errors',
  provider: {
    prometheus: {
      query: `(sum(${requests(',code=~"5.."')}) or 0 * sum(${requests()})) / sum(${requests()})`,
    },
  },
  successCondition: 'result <= 0.05',
  initialDelay: 3,
  interval: 1,
  count: 4,
  // A busy machine may have too few scrapes at first.
  inconclusiveLimit: 3,
  ...more,
});

const slowest: Metric = {
  name: 'p95',
  provider: {
    prometheus: {
      query:
        'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{component="{{ component }}",version="{{ version }}"}[{{ window }}])))',
      result: 'list',
      unit: 's',
    },
  },
  // As it stands in an AnalysisTemplate of Argo Rollouts.
  successCondition: 'result[0] < 0.5',
  initialDelay: 3,
  interval: 1,
  count: 4,
  // A busy machine may have too few scrapes at first.
  inconclusiveLimit: 3,
};

const compared: Metric = {
  name: 'latency',
  provider: {
    prometheus: {
      query:
        'sum(rate(http_request_duration_seconds_sum{component="{{ component }}",version="{{ version }}"}[{{ step }}])) / sum(rate(http_request_duration_seconds_count{component="{{ component }}",version="{{ version }}"}[{{ step }}]))',
      stepSeconds: 1,
      unit: 's',
    },
  },
  interval: 1,
  count: 60,
  // Few points, so that the test is short, and surer, so that chance fails it once in thousands of times.
  comparison: { direction: 'increase', minimumPoints: 12, confidence: 0.999 },
};

const canary = (...metrics: Metric[]): Strategy => ({
  canary: { steps: [{ setWeight: 50 }, { analysis: { metrics } }] },
});

const pipelines = `
apiVersion: slipway.dev/v1alpha1
kind: DeliveryPipeline
metadata: { name: measured }
spec:
  appliesTo: { components: [component:default/gated] }
  stages:
    - { name: staging, environment: resource:default/staging }
    - name: production
      environment: resource:default/production
      gates:
        - analysis:
            metrics: ${JSON.stringify([
              {
                name: 'served',
                provider: {
                  prometheus: {
                    query:
                      'sum(http_requests_total{component="{{ component }}",version="{{ version }}"})',
                  },
                },
                successCondition: 'result > 20',
              },
            ])}
`;

describeWithPrometheus('a rollout that a real Prometheus verifies', () => {
  let prometheus: Prometheus;
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    prometheus = await Prometheus.start();
    portal = await startPortal({
      prometheus,
      components: ['good', 'bad', 'slower', 'unseen', 'gated'],
      pipelines,
    });
  });
  afterAll(async () => {
    await portal?.stop();
    await prometheus?.destroy();
  });

  /** Runs 1.0.0, and rolls 2.0.0 out under traffic; answers that rollout, and how to stop the traffic. */
  async function second(
    component: string,
    strategy: Strategy,
    faults: { failPercent?: number; slowerMs?: number } = {},
  ) {
    const one = await portal.release(component, '1.0.0');
    const first = await portal.until(
      await portal.begin(component, one, { strategy: { rolling: {} } }),
      ended,
    );
    const stopTraffic = traffic(first);
    const two = await portal.release(component, '2.0.0', faults);
    return {
      rollout: await portal.begin(component, two, { strategy }),
      stopTraffic,
    };
  }

  async function secondToItsEnd(...args: Parameters<typeof second>) {
    const { rollout, stopTraffic } = await second(...args);
    try {
      return await portal.until(rollout, ended);
    } finally {
      stopTraffic();
    }
  }

  const metricsOf = ({ steps }: Rollout) =>
    steps.flatMap(({ analysis }) => analysis?.metrics ?? []);

  it('goes on when it is good, and is taken back when it fails requests or is slower, with the numbers in words', async () => {
    const [good, bad, slower] = await Promise.all([
      secondToItsEnd('good', canary(errorRatio(), slowest)),
      secondToItsEnd('bad', canary(errorRatio(), slowest), { failPercent: 40 }),
      secondToItsEnd('slower', canary(compared), { slowerMs: 60 }),
    ]);
    expect(good.phase).toBe('succeeded');
    expect(
      metricsOf(good).map(({ name, verdict, measurements }) => [
        name,
        verdict,
        measurements.at(-1)!.message,
      ]),
    ).toEqual([
      ['errors', 'successful', '0'],
      ['p95', 'successful', expect.stringMatching(/^0\.\d+ s$/)],
    ]);
    expect(bad).toMatchObject({
      phase: 'rolledBack',
      message: expect.stringMatching(
        /^Verification failed\. errors: .*0\.[34]/,
      ),
      observation: { versions: [{ weight: 100 }] },
    });
    expect(slower).toMatchObject({
      phase: 'rolledBack',
      message: expect.stringMatching(
        /^Verification failed\. latency: 0\.\d+ s higher than in the release before/,
      ),
    });
  });

  it('is measured again when Prometheus is back, and waits for a person when it stays away', async () => {
    const { rollout, stopTraffic } = await second(
      'unseen',
      canary(
        errorRatio({
          count: 100,
          inconclusiveLimit: 99,
          consecutiveErrorLimit: 4,
          interval: 2,
        }),
      ),
    );
    const verdicts = (now: Rollout) =>
      metricsOf(now)[0]?.measurements.map(({ verdict }) => verdict) ?? [];
    try {
      await portal.until(rollout, now => verdicts(now).includes('successful'));
      await prometheus.stop();
      const blind = await portal.until(rollout, now =>
        verdicts(now).includes('error'),
      );
      expect(blind.phase).toBe('progressing');
      expect(metricsOf(blind)[0].measurements.at(-1)!.message).toBe(
        "Prometheus 'prometheus' could not be reached (ECONNREFUSED); check that it runs, and delivery.prometheus.servers[0]",
      );
      await prometheus.run();
      await portal.until(
        rollout,
        now =>
          verdicts(now).lastIndexOf('successful') >
          verdicts(now).indexOf('error'),
      );
      await prometheus.stop();
      const waiting = await portal.until(
        rollout,
        ({ waitingFor }) => waitingFor === 'person',
      );
      expect(waiting).toMatchObject({ phase: 'paused', weight: 50 });
      expect(verdicts(waiting).slice(-5)).toEqual(Array(5).fill('error'));
      expect(metricsOf(waiting)[0]).toMatchObject({
        verdict: 'error',
        message: expect.stringMatching(
          /^5 measurements in a row could not be taken: Prometheus 'prometheus' could not be reached/,
        ),
      });
      await portal.ask(`/rollouts/${rollout.id}/abort`, {});
      await portal.until(rollout, ended);
    } finally {
      stopTraffic();
      await prometheus.stop();
      await prometheus.run();
    }
  });

  it('is held by a gate until the release has served enough where it runs', async () => {
    const release = await portal.release('gated', '1.0.0');
    const staging = await portal.until(
      await portal.begin('gated', release, { environment: 'staging' }),
      ended,
    );
    const rollout = await portal.begin('gated', release);
    const held = await portal.until(
      rollout,
      ({ gates }) => gates?.items[0]?.message?.includes('served') ?? false,
    );
    expect(held).toMatchObject({
      phase: 'held',
      gates: { items: [{ kind: 'analysis', status: 'waiting' }] },
    });
    expect(held.gates!.items[0].message).toMatch(
      /^served in staging: no series for sum\(http_requests_total\{component="gated"/,
    );
    const stopTraffic = traffic(staging);
    try {
      const through = await portal.until(rollout, ended);
      expect(through.phase).toBe('succeeded');
    } finally {
      stopTraffic();
    }
  });

  it('is refused with the place of what is wrong in a query, before anything moves', async () => {
    const release = await portal.release('good', '3.0.0');
    await expect(
      portal.begin('good', release, {
        strategy: canary({
          ...compared,
          provider: { prometheus: { query: 'sum(rate(x[5m])' } },
        }),
      }),
    ).rejects.toThrow(
      /^400: .*"pointer":"[^"]*\/metrics\/0\/provider\/prometheus","detail":"'query' is not PromQL at line 1, column 16/,
    );
  });
});

/** Forty requests a second to what a rollout has brought about; answers how to stop them. */
function traffic({ observation }: Rollout): () => void {
  if (!observation?.address) throw new Error('It has no address');
  const { address } = observation;
  const timer = setInterval(() => {
    fetch(address).then(
      response => response.arrayBuffer(),
      () => {},
    );
  }, 25);
  return () => clearInterval(timer);
}

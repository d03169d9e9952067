import { mockCredentials } from '@backstage/backend-test-utils';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  describeWithPrometheus,
  Prometheus,
} from '@slipway/prometheus-testing';
import { startPortal } from './__testUtils__/startPortal';

jest.setTimeout(180_000);

describeWithPrometheus('the numbers of the embedded runtime', () => {
  let prometheus: Prometheus;
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    prometheus = await Prometheus.start({
      token: mockCredentials.service.token(),
    });
    portal = await startPortal({
      prometheus,
      components: ['shop'],
      pipelines: '',
    });
    writeFileSync(
      join(prometheus.targets, 'portal.json'),
      JSON.stringify([
        {
          targets: [`127.0.0.1:${portal.port}`],
          labels: { __metrics_path__: '/api/delivery/local/metrics' },
        },
      ]),
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await prometheus?.destroy();
  });

  it('are read by a Prometheus that has a token', async () => {
    const client = prometheus.client();
    const value = async (query: string) => {
      const { data } = await client.instant(query, {
        signal: AbortSignal.timeout(10_000),
      });
      const [first] = data.resultType === 'vector' ? data.result : [];
      return Number(first?.value?.[1]);
    };
    const until = async (query: string, wanted: number) => {
      for (const end = Date.now() + 30_000; (await value(query)) !== wanted;) {
        if (Date.now() > end)
          throw new Error(`${query} is ${await value(query)}, not ${wanted}`);
        await new Promise(resolve => {
          setTimeout(resolve, 200);
        });
      }
    };
    const rollout = await portal.until(
      await portal.begin('shop', await portal.release('shop', '1.0.0')),
      ({ phase }) => phase === 'succeeded',
    );
    const { address } = rollout.observation!;
    for (let i = 0; i < 12; i++) await (await fetch(address!)).text();
    const shop = 'component="component:default/shop",version="1.0.0"';
    await until(`slipway_local_requests_total{${shop}}`, 12);
    await until(`slipway_local_request_errors_total{${shop}}`, 0);
    await until(`count(slipway_local_copy_cpu_seconds_total{${shop}})`, 1);
    const p95 = await value(
      `histogram_quantile(0.95, sum by (le) (slipway_local_request_duration_seconds_bucket{${shop}}))`,
    );
    expect(p95).toBeGreaterThan(0.01);
    expect(p95).toBeLessThan(10);
    await client.close();
  });
});

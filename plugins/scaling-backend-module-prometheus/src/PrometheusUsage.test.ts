import { ConfigReader } from '@backstage/config';
import type { PrometheusClient } from '@slipway/backstage-plugin-prometheus-node';
import {
  describeWithPrometheus,
  Prometheus,
} from '@slipway/prometheus-testing';
import { PrometheusUsage } from './PrometheusUsage';
import { readSettings } from './settings';

jest.setTimeout(120_000);

const stepSeconds = 300;
const hour = 3600;
const MiB = 2 ** 20;
const context = { signal: new AbortController().signal };

/** What Prometheus scraped of two days, as cAdvisor, kube-state-metrics and software say it. */
function history(end: number): string {
  const families: Record<string, { type: string; lines: string[] }> = {};
  const add = (
    name: string,
    type: 'counter' | 'gauge',
    labels: Record<string, string>,
    value: (second: number) => number,
    from = end - 48 * hour,
  ) => {
    const family = (families[name] ??= { type, lines: [] });
    const text = Object.entries(labels)
      .map(([key, label]) => `${key}="${label}"`)
      .join(',');
    for (let at = from; at <= end; at += 60)
      family.lines.push(`${name}{${text}} ${value(at - from)} ${at}`);
  };
  const pods = [
    {
      pod: 'shop-5d8f-aaaaa',
      cores: 0.2,
      memory: 200,
      requests: 10,
      node: 'n1',
    },
    {
      pod: 'shop-5d8f-bbbbb',
      cores: 0.4,
      memory: 300,
      requests: 2,
      node: 'n2',
    },
  ];
  for (const { cores, memory, node, pod, requests } of pods) {
    const of = { namespace: 'shops', pod, cluster: 'west' };
    for (const container of ['app', 'POD', '']) {
      const labels = { ...of, container };
      add(
        'container_cpu_usage_seconds_total',
        'counter',
        labels,
        s => cores * s,
      );
      add(
        'container_memory_working_set_bytes',
        'gauge',
        labels,
        // A peak of a minute, which lies between two steps.
        s => (memory + (s === 600 + 60 ? 100 : 0)) * MiB,
      );
    }
    const app = { ...of, container: 'app' };
    add('container_cpu_cfs_periods_total', 'counter', app, s => 10 * s);
    add(
      'container_cpu_cfs_throttled_periods_total',
      'counter',
      app,
      s => 3 * s,
    );
    add('container_oom_events_total', 'counter', app, s =>
      s > 47.5 * hour ? 2 : 0,
    );
    add(
      'http_requests_total',
      'counter',
      { ...of, code: '200' },
      s => requests * s,
    );
    add(
      'http_requests_total',
      'counter',
      { ...of, code: '503' },
      s => requests * s * 0.25,
    );
    add('kube_pod_info', 'gauge', { ...of, node }, () => 1);
  }
  // Of another workload, another namespace and another cluster.
  for (const labels of [
    { namespace: 'shops', pod: 'shop-admin-77c9-ccccc', cluster: 'west' },
    { namespace: 'other', pod: 'shop-5d8f-ddddd', cluster: 'west' },
    { namespace: 'shops', pod: 'shop-5d8f-eeeee', cluster: 'east' },
  ]) {
    add(
      'container_cpu_usage_seconds_total',
      'counter',
      { ...labels, container: 'app' },
      s => 9 * s,
    );
    add(
      'http_requests_total',
      'counter',
      { ...labels, code: '200' },
      s => 99 * s,
    );
  }
  for (const [node, zone] of [
    ['n1', 'west-1a'],
    ['n2', 'west-1b'],
  ])
    add(
      'kube_node_labels',
      'gauge',
      { node, cluster: 'west', label_topology_kubernetes_io_zone: zone },
      () => 1,
    );
  return `${Object.entries(families)
    .map(
      ([name, { lines, type }]) =>
        `# TYPE ${name.replace(/_total$/, '')} ${type}\n${lines.join('\n')}`,
    )
    .join('\n')}\n# EOF\n`;
}

const target = (more: object = {}, workload = 'Deployment/shop') => ({
  environment: {
    ref: 'resource:default/production',
    name: 'production',
    settings: { cluster: 'west', namespace: 'shops', ...more },
  },
  componentRef: 'component:default/shop',
  workload,
});

describeWithPrometheus(
  'usage, from a real Prometheus with two days of history',
  () => {
    let prometheus: Prometheus;
    let client: PrometheusClient;
    let source: PrometheusUsage;
    // As long ago as the last sample may be for Prometheus to count it as now.
    const end = Math.floor(Date.now() / 60_000) * 60;
    const window = { from: (end - 24 * hour) * 1000, to: end * 1000 };

    beforeAll(async () => {
      prometheus = await Prometheus.start();
      await prometheus.backfill(history(end));
      client = prometheus.client();
      source = new PrometheusUsage({
        clients: [client],
        clusterLabel: 'cluster',
        requestsMetric: 'http_requests_total',
        codeLabel: 'code',
        zoneLabel: 'label_topology_kubernetes_io_zone',
      });
    });
    afterAll(async () => {
      await client?.close();
      await prometheus?.destroy();
    });

    it('is the CPU and the most memory of each of its pods, and of no others', async () => {
      const usage = (await source.usage(target(), window, context))!;
      expect(usage.stepSeconds).toBe(stepSeconds);
      expect(usage.containers).toHaveLength(1);
      const [{ container, cpu, memory }] = usage.containers;
      expect(container).toBe('app');
      expect(cpu.map(({ replica }) => replica).sort()).toEqual([
        'shop-5d8f-aaaaa',
        'shop-5d8f-bbbbb',
      ]);
      const byPod = Object.fromEntries(
        cpu.map(({ points, replica }) => [replica, points]),
      );
      expect(byPod['shop-5d8f-aaaaa'].length).toBeGreaterThanOrEqual(286);
      expect(byPod['shop-5d8f-aaaaa'].length).toBeLessThanOrEqual(288);
      for (const { at, value } of byPod['shop-5d8f-bbbbb']) {
        expect(value).toBeCloseTo(0.4, 6);
        expect(at).toBeGreaterThanOrEqual(window.from);
        expect(at).toBeLessThanOrEqual(window.to);
      }
      expect(
        Math.max(...memory.flatMap(({ points }) => points.map(p => p.value))),
      ).toBe(300 * MiB);
    });

    it('has the peak of a minute, and takes larger steps for longer times', async () => {
      const usage = (await source.usage(
        target(),
        { from: (end - 48 * hour) * 1000, to: end * 1000 },
        context,
      ))!;
      const most = usage.containers[0].memory.flatMap(({ points }) =>
        points.map(({ value }) => value),
      );
      expect(Math.max(...most)).toBe(400 * MiB);
      const month = await source.usage(
        target(),
        { from: (end - 30 * 24 * hour) * 1000, to: end * 1000 },
        context,
      );
      expect(month!.stepSeconds).toBe(1320);
    });

    it('says how far the limit held it down, and how often memory was at an end', async () => {
      const usage = await source.usage(target(), window, context);
      expect(usage!.containers[0]).toMatchObject({
        throttled: expect.closeTo(0.3, 3),
        // Each of the two pods has two.
        outOfMemory: 4,
      });
    });

    it('says what each pod answered, with its zone, and of no others', async () => {
      const requests = (await source.requests(
        target(),
        { from: (end - hour) * 1000, to: end * 1000 },
        context,
      ))!;
      expect(
        requests.sort((a, b) => a.replica.localeCompare(b.replica)),
      ).toEqual([
        {
          replica: 'shop-5d8f-aaaaa',
          zone: 'west-1a',
          seconds: hour,
          requests: expect.closeTo(12.5 * hour, -3),
          errors: expect.closeTo(2.5 * hour, -3),
        },
        {
          replica: 'shop-5d8f-bbbbb',
          zone: 'west-1b',
          seconds: hour,
          requests: expect.closeTo(2.5 * hour, -3),
          errors: expect.closeTo(0.5 * hour, -3),
        },
      ]);
    });

    it('knows nothing of what it has no series of, and of what Kubernetes does not run', async () => {
      await expect(
        source.usage(target({}, 'Deployment/nobody'), window, context),
      ).resolves.toBeUndefined();
      await expect(
        source.requests(target({}, 'Deployment/nobody'), window, context),
      ).resolves.toBeUndefined();
      await expect(
        source.usage(target({}, 'process/shop'), window, context),
      ).resolves.toBeUndefined();
      await expect(
        source.usage(target({ namespace: undefined }), window, context),
      ).resolves.toBeUndefined();
    });

    it('cannot be led elsewhere by the name of a namespace', async () => {
      await expect(
        source.usage(target({ namespace: 'shops",pod!="' }), window, context),
      ).resolves.toBeUndefined();
    });

    it('says which field is missing where there are several servers or clusters', async () => {
      await expect(
        source.usage(target({ cluster: undefined }), window, context),
      ).rejects.toThrow(
        /spec\.target\.cluster of resource:default\/production/,
      );
      await expect(
        source.usage(target({ prometheus: 'other' }), window, context),
      ).rejects.toThrow(/spec\.target\.prometheus .* one of prometheus/);
    });
  },
);

describe('settings', () => {
  const read = (scaling: object, delivery: object = {}) =>
    readSettings(
      new ConfigReader({ scaling: { prometheus: scaling }, delivery } as never),
    );
  const servers = [{ url: 'http://prometheus.example' }];

  it('are the servers of delivery where scaling has none of its own', () => {
    expect(read({}, { prometheus: { servers } }).servers).toEqual([
      expect.objectContaining({ url: 'http://prometheus.example' }),
    ]);
    const own = [{ url: 'http://thanos.example' }];
    expect(read({ servers: own }, { prometheus: { servers } }).servers).toEqual(
      [
        expect.objectContaining({
          url: 'http://thanos.example',
          configKey: 'scaling.prometheus.servers[0]',
        }),
      ],
    );
  });

  it('let no names into queries that are none', () => {
    expect(() => read({ clusterLabel: 'a"b' })).toThrow(
      /scaling\.prometheus\.clusterLabel must be a name/,
    );
    expect(() => read({ requests: { metric: 'up{}' } })).toThrow(
      /requests\.metric/,
    );
  });
});

// What it costs to know how a large cluster is: 200 rollouts at once among 2,000 Deployments, and then an hour's rest in
// a minute, with watches and with lists at every look, one after the other in the same run. The control plane is real; no
// container runs: a stand-in says of every pod that it is ready, and the other Deployments have no copies.
// `--deployments 500 --rollouts 50 --rest 30` makes it smaller. Lists get a quarter of the rollouts, `--list-rollouts`: with
// as many at once as the watches have, they do not come to an end on a small machine.
import type {
  Deployment,
  Rollout,
} from '@slipway/backstage-plugin-delivery-common';
import {
  KubernetesPlugin,
  readyPods,
  Relay,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { BackendAnswer, BackendOptions } from './backendProcess';

/** One line of `--json`. */
interface Result {
  /** `watch`, or `list` for the reads at every look that there were before. */
  how: 'watch' | 'list';
  measure: string;
  value: number;
  unit: string;
}

type Use = NonNullable<BackendAnswer['use']>;

const namespace = 'bench';
const { values: asked } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    deployments: { type: 'string', default: '2000' },
    rollouts: { type: 'string', default: '200' },
    'list-rollouts': { type: 'string' },
    rest: { type: 'string', default: '60' },
  },
});
const size = {
  deployments: Number(asked.deployments),
  rollouts: {
    watch: Number(asked.rollouts),
    list: Number(
      asked['list-rollouts'] ?? Math.ceil(Number(asked.rollouts) / 4),
    ),
  },
  restSeconds: Number(asked.rest),
};

async function main(): Promise<void> {
  const cluster = await TestCluster.start({
    nodes: false,
    rbac: join(__dirname, '../rbac.yaml'),
  });
  const api = await cluster.proxy();
  let plugin: KubernetesPlugin | undefined;
  try {
    await cluster.namespace(namespace);
    plugin = await KubernetesPlugin.start([await cluster.config('test')]);
    await fill(
      api.url,
      size.deployments - size.rollouts.watch - size.rollouts.list,
    );
    const endPods = await readyPods(cluster);
    for (const how of ['watch', 'list'] as const)
      await measure(how, { cluster, plugin, api: api.url });
    await endPods();
  } finally {
    api.stop();
    await plugin?.stop();
    await cluster.stop();
  }
}

async function measure(
  how: Result['how'],
  on: { cluster: TestCluster; plugin: KubernetesPlugin; api: string },
): Promise<void> {
  const relay = await Relay.start(on.plugin.baseUrl);
  const components = Array.from(
    { length: size.rollouts[how] },
    (_, index) => `${how}-${index}`,
  );
  const backend = await startBackend({
    kubernetes: relay.baseUrl,
    namespace,
    components,
    watch: how === 'watch',
  });
  const print = (name: string, value: number, unit: string) =>
    report({ how, measure: name, value: Math.round(value * 100) / 100, unit });
  const cost = async () => ({
    ...(await backend.use()),
    at: Date.now(),
    requests: { ...relay.counts },
    apiServerMs: cpuMsOf(on.cluster.pidOf('apiserver')),
    pluginMs: cpuMsOf(on.plugin.pid),
  });
  const requests = (
    from: typeof relay.counts,
    to: typeof relay.counts,
    kinds: Array<keyof typeof relay.counts>,
  ) => kinds.reduce((sum, kind) => sum + to[kind] - from[kind], 0);
  try {
    await rollAll(backend.url, components, 1);

    const before = await cost();
    const took = await rollAll(backend.url, components, 2);
    const after = await cost();
    const each = (value: number) => value / components.length;
    print('rollouts: at once', components.length, 'rollouts');
    print('rollouts: all', (after.at - before.at) / 1000, 's');
    print('rollouts: p50', quantile(took, 0.5) / 1000, 's');
    print('rollouts: p95', quantile(took, 0.95) / 1000, 's');
    print(
      'rollouts: reads and watches each',
      each(
        requests(before.requests, after.requests, ['read', 'watch', 'pulse']),
      ),
      'requests',
    );
    print(
      'rollouts: writes each',
      each(requests(before.requests, after.requests, ['write'])),
      'requests',
    );
    print('rollouts: backend CPU each', each(after.cpuMs - before.cpuMs), 'ms');
    print(
      'rollouts: Kubernetes plugin CPU each',
      each(after.pluginMs - before.pluginMs),
      'ms',
    );
    print(
      'rollouts: API server CPU each',
      each(after.apiServerMs - before.apiServerMs),
      'ms',
    );

    const lags = await rest(on.api, backend.url, components);
    const rested = await cost();
    const minutes = (rested.at - after.at) / 60_000;
    print('rest: change to API, p50', quantile(lags, 0.5), 'ms');
    print('rest: change to API, p95', quantile(lags, 0.95), 'ms');
    print(
      'rest: requests a minute',
      requests(after.requests, rested.requests, [
        'read',
        'watch',
        'pulse',
        'write',
      ]) / minutes,
      'requests',
    );
    print(
      'rest: backend CPU a minute',
      (rested.cpuMs - after.cpuMs) / minutes,
      'ms',
    );
    print(
      'rest: API server CPU a minute',
      (rested.apiServerMs - after.apiServerMs) / minutes,
      'ms',
    );
    print('backend memory', rested.rssMiB, 'MiB');
    print('backend heap', rested.heapMiB, 'MiB');
  } finally {
    await backend.stop();
    await relay.stop();
  }
}

/** Rolls one release out to all components at once; answers how long each took, in milliseconds. */
async function rollAll(
  url: string,
  components: string[],
  version: 1 | 2,
): Promise<number[]> {
  const releases = new Map<string, string>();
  for (const name of components) {
    const { id } = await ask<{ id: string }>(url, '/releases', {
      componentRef: `component:default/${name}`,
      version: `${version}.0.0`,
      artifact: { kind: 'image', spec: { image: `demo-web:${version}` } },
      configuration: { values: {} },
    });
    releases.set(name, id);
  }
  const rollouts: string[] = [];
  for (let from = 0; from < components.length; from += 20)
    rollouts.push(
      ...(await Promise.all(
        components.slice(from, from + 20).map(async name => {
          const { id } = await begin(url, {
            componentRef: `component:default/${name}`,
            environmentRef: 'resource:default/production',
            releaseId: releases.get(name),
            strategy: { rolling: { maxSurge: 1, maxUnavailable: 0 } },
            replicas: 1,
            progressDeadlineSeconds: 600,
          });
          return id;
        }),
      )),
    );
  const took: number[] = [];
  for (const id of rollouts)
    for (;;) {
      const rollout = await ask<Rollout>(url, `/rollouts/${id}`);
      if (!rollout.finishedAt) {
        await pause(500);
        continue;
      }
      if (rollout.phase !== 'succeeded')
        throw new Error(`A rollout ${rollout.phase}: ${rollout.message}`);
      took.push(Date.parse(rollout.finishedAt) - Date.parse(rollout.createdAt));
      break;
    }
  return took;
}

/** A validation that a busy machine could not do in time is to be tried again, as its answer says. */
async function begin(url: string, rollout: object): Promise<Rollout> {
  for (;;)
    try {
      return await ask<Rollout>(url, '/rollouts', rollout);
    } catch (error) {
      if (!String(error).includes('/rollouts: 503')) throw error;
      await pause(1000);
    }
}

/** Changes one target a second while nothing is rolled out; answers how long each change took to the API, in milliseconds. */
async function rest(
  api: string,
  url: string,
  components: string[],
): Promise<number[]> {
  const pods = await podsOf(api, components);
  const open = new Map<string, { restarts: number; at: number }>();
  const lags: number[] = [];
  const look = async () => {
    const seen = new Map<string, Deployment>();
    for (let cursor: string | undefined; ;) {
      const page: { items: Deployment[]; nextCursor?: string } = await ask(
        url,
        `/deployments?limit=200${cursor ? `&cursor=${cursor}` : ''}`,
      );
      for (const deployment of page.items)
        seen.set(deployment.componentRef.split('/')[1], deployment);
      cursor = page.nextCursor;
      if (!cursor) break;
    }
    for (const [name, { at, restarts }] of open) {
      const versions = seen.get(name)?.observation?.versions ?? [];
      if (
        !versions.some(({ instances }) =>
          instances?.some(instance => instance.restarts === restarts),
        )
      )
        continue;
      lags.push(Date.now() - at);
      open.delete(name);
    }
  };
  const end = Date.now() + size.restSeconds * 1000;
  const longest = end + 30_000;
  let changed = 0;
  let next = Date.now();
  while (Date.now() < longest && (Date.now() < end || open.size)) {
    if (Date.now() >= next && Date.now() < end) {
      // Spread, so that neighbours of one page are not changed together.
      const name = components[(changed * 7) % components.length];
      changed += 1;
      next += 1000;
      if (!open.has(name)) {
        const restarts = 100 + changed;
        await setRestarts(api, pods.get(name) ?? '', restarts);
        open.set(name, { restarts, at: Date.now() });
      }
    }
    await look();
    await pause(50);
  }
  if (open.size)
    throw new Error(`Not seen at all: ${[...open.keys()].join(', ')}`);
  return lags;
}

async function podsOf(
  api: string,
  components: string[],
): Promise<Map<string, string>> {
  const response = await fetch(`${api}/api/v1/namespaces/${namespace}/pods`);
  const { items } = (await response.json()) as {
    items: Array<{
      metadata: {
        name: string;
        labels?: Record<string, string>;
        deletionTimestamp?: string;
      };
    }>;
  };
  const known = new Set(components);
  return new Map(
    items.flatMap(({ metadata }) => {
      const component = metadata.labels?.['app.kubernetes.io/name'] ?? '';
      return known.has(component) && !metadata.deletionTimestamp
        ? [[component, metadata.name] as const]
        : [];
    }),
  );
}

async function setRestarts(
  api: string,
  pod: string,
  restartCount: number,
): Promise<void> {
  const path = `${api}/api/v1/namespaces/${namespace}/pods/${pod}/status`;
  const response = await fetch(path, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json-patch+json' },
    body: JSON.stringify([
      {
        op: 'replace',
        path: '/status/containerStatuses/0/restartCount',
        value: restartCount,
      },
    ]),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Deployments of other components, as Slipway makes them, without copies. */
async function fill(api: string, count: number): Promise<void> {
  const create = async (index: number) => {
    const name = `other-${index}`;
    const labels = {
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/managed-by': 'slipway',
      'slipway.dev/target': `other${index}`,
    };
    const response = await fetch(
      `${api}/apis/apps/v1/namespaces/${namespace}/deployments`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          metadata: { name, labels },
          spec: {
            replicas: 0,
            selector: {
              matchLabels: { 'slipway.dev/target': `other${index}` },
            },
            template: {
              metadata: { labels },
              spec: { containers: [{ name: 'app', image: 'demo-web:1' }] },
            },
          },
        }),
      },
    );
    if (!response.ok) throw new Error(await response.text());
  };
  for (let from = 0; from < count; from += 20)
    await Promise.all(
      Array.from({ length: Math.min(20, count - from) }, (_, index) =>
        create(from + index),
      ),
    );
}

async function startBackend(options: BackendOptions) {
  const child = fork(join(__dirname, 'backendProcess.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'test' },
  });
  const next = <K extends keyof BackendAnswer>(key: K) =>
    new Promise<NonNullable<BackendAnswer[K]>>((resolve, reject) => {
      const hear = (said: BackendAnswer) => {
        // The loader that runs TypeScript sends messages of its own.
        const value = said?.[key];
        if (value === undefined) return;
        child.off('message', hear);
        resolve(value);
      };
      child.on('message', hear);
      child.once('exit', code =>
        reject(new Error(`The backend ended with ${code}`)),
      );
    });
  const port = next('port');
  child.send(options);
  return {
    url: `http://127.0.0.1:${await port}/api/delivery`,
    async use(): Promise<Use> {
      const use = next('use');
      child.send('use');
      return use;
    },
    async stop(): Promise<void> {
      const ended = new Promise(resolve => {
        child.once('exit', resolve);
      });
      child.disconnect();
      await ended;
    },
  };
}

async function ask<T>(url: string, path: string, body?: object): Promise<T> {
  const response = await fetch(
    `${url}${path}`,
    body && {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    },
  );
  if (!response.ok)
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** User and system time of a process, of which Linux tells in hundredths of a second. */
function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function quantile(values: number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[
    Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)
  ];
}

function report(result: Result): void {
  process.stdout.write(
    asked.json
      ? `${JSON.stringify(result)}\n`
      : `${result.how.padEnd(8)}${result.measure.padEnd(40)}${String(result.value).padStart(12)} ${result.unit}\n`,
  );
}

main().then(
  () => process.exit(),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);

// Whether pages stay quick in a large company: the whole portal with its real policy answers what they ask for, with
// ten thousand components in the catalog and two hundred thousand past rollouts, beside the catalog's own list; and how
// many steps the engine carries out a second on that database and on an empty one.
// `--components 1000` makes everything smaller, `--database sqlite` leaves the other one out.
import { parseArgs } from 'node:util';
import { Portal } from '../src/__testUtils__/Portal';
import { type DatabaseName, databasesOf } from '../src/__testUtils__/databases';
import { stepsPerSecond } from './engineRate';
import { entities, makePatterns, pipeline } from './patterns';
import { type Scale, seedCatalog, seedDelivery } from './seed';

const warmUps = 5;

/** One line of `--json`. */
interface Result {
  database: DatabaseName;
  query: string;
  /** Of whole answers over HTTP, one after the other. */
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
  /** In the answer. */
  rows: number;
}

/** Another line of `--json`. */
interface Rate {
  database: DatabaseName;
  query: string;
  stepsPerSecond: number;
}

/** What pages ask for. */
const component = 'component:default/bench-17';
const target = `componentRef=${encodeURIComponent(component)}`;
const queries: Record<string, string> = {
  'catalog: list of 20':
    'catalog/entities/by-query?filter=kind=component&orderField=metadata.name,asc&limit=20',
  'catalog: list of 50':
    'catalog/entities/by-query?filter=kind=component&orderField=metadata.name,asc&limit=50',
  '/delivery: deployments, 200': 'delivery/deployments?limit=200',
  '/delivery: active rollouts':
    'delivery/rollouts?active=true&sort=-createdAt&limit=100',
  'rollouts: newest 25': 'delivery/rollouts?limit=25',
  'rollouts: of one environment':
    'delivery/rollouts?environmentRef=resource:default/production&limit=25',
  'inbox: waiting for me': 'delivery/approvals?view=waitingForMe&limit=25',
  'inbox: mine': 'delivery/approvals?view=mine&limit=25',
  'inbox: decided': 'delivery/approvals?view=decided&limit=25',
  'inbox: all': 'delivery/approvals?view=all&limit=25',
  'entity tab: deployments': `delivery/deployments?${target}&limit=200`,
  'entity tab: history': `delivery/rollouts?${target}&limit=10`,
  'entity tab: held': `delivery/rollouts?${target}&active=true&waitingFor=gates`,
  'entity tab: releases': `delivery/releases?${target}&limit=50`,
  'entity tab: pipeline': `delivery/pipelines/preview?${target}`,
};

async function measure(
  database: DatabaseName,
  { repeats, ...scale }: Scale & { repeats: number },
  report: (line: Result | Rate) => void,
): Promise<void> {
  const databases = databasesOf(database);
  const portal = new Portal({
    database: databases.config,
    entities,
    pipeline,
  });
  const say = (text: string) =>
    process.stderr.write(`${new Date().toISOString()} ${database}: ${text}\n`);
  const on = async <T>(
    name: string,
    work: (knex: Awaited<ReturnType<typeof databases.open>>) => Promise<T>,
  ) => {
    const knex = await databases.open(name, portal.directory);
    try {
      return await work(knex);
    } finally {
      await knex.destroy();
    }
  };
  try {
    await portal.start();
    say('the pattern is made');
    const patterns = await makePatterns(portal);
    await portal.stop();
    say('copies are written');
    await on('catalog', knex => seedCatalog(knex, scale));
    await on('delivery', knex => seedDelivery(knex, patterns, scale));
    await portal.start();
    say('the pages are measured');
    const headers = { Authorization: `Bearer ${await portal.signIn('ana')}` };
    for (const [query, path] of Object.entries(queries))
      report({
        database,
        query,
        ...(await timesOf(`${portal.url}/api/${path}`, headers, repeats)),
      });
    await portal.stop();
    say('the engine is measured');
    for (const [name, query] of [
      ['bench', 'engine: empty database'],
      ['delivery', 'engine: full database'],
    ])
      report({
        database,
        query,
        stepsPerSecond: await on(name, stepsPerSecond),
      });
  } finally {
    await portal.destroy();
    await databases.destroy();
  }
}

async function timesOf(
  url: string,
  headers: Record<string, string>,
  repeats: number,
) {
  const times: number[] = [];
  let rows = 0;
  for (let repeat = -warmUps; repeat < repeats; repeat++) {
    const started = performance.now();
    const answer = await fetch(url, { headers });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${url}: ${JSON.stringify(body)}`);
    if (repeat >= 0) times.push(performance.now() - started);
    rows = (body.items ?? body.stages).length;
  }
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(10 * times[Math.ceil(share * repeats) - 1]) / 10;
  return { p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1), rows };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      components: { type: 'string', default: '10000' },
      repeats: { type: 'string', default: '100' },
      database: { type: 'string', multiple: true },
    },
  });
  const components = Number(values.components);
  const scale = {
    components,
    repeats: Number(values.repeats),
    rounds: 5,
    active: Math.min(300, Math.floor(components / 3)),
  };
  for (const database of ['sqlite', 'postgres'] as const)
    if (values.database?.includes(database) ?? true)
      await measure(database, scale, line =>
        process.stdout.write(
          values.json
            ? `${JSON.stringify(line)}\n`
            : `${Object.values(line).join('\t')}\n`,
        ),
      );
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});

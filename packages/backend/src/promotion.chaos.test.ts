import {
  type CreateReleaseRequest,
  DeliveryClient,
  type Promotion,
  type Rollout,
  type StartPromotionRequest,
} from '@slipway/backstage-plugin-delivery-common';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databasesOf } from './__testUtils__/databases';
import { eventually } from './__testUtils__/eventually';
import { pause, Portal } from './__testUtils__/Portal';

jest.setTimeout(3_600_000);

const full = process.env.SLIPWAY_CHAOS === 'full';
const wantedKills = full ? 100 : 3;
/** Every third one brings a release that does not come up. */
const wantedPromotions = full ? 12 : 2;
/** For one answer, and for all promotions after the last kill. */
const longestMs = 240_000;

const server = `
if (process.env.VERSION.endsWith('-bad')) throw new Error('no database');
const { createServer } = require('node:http');
const server = createServer((_, res) => res.end(process.env.VERSION));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(process.env.PORT, process.env.HOST);
`;

const stages = ['development', 'staging', 'production'];
const names = ['orders', 'parcels', 'invoices'];
const refOf = (name: string) => `component:default/${name}`;
const entities = names.map((name, index) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name },
  spec: {
    type: 'service',
    lifecycle: 'production',
    owner: 'group:default/booking-team',
    // One after the other.
    dependsOn: names.slice(0, index).map(refOf),
  },
}));
const pipeline = {
  apiVersion: 'slipway.dev/v1alpha1',
  kind: 'DeliveryPipeline',
  metadata: { name: 'standard' },
  spec: {
    stages: stages.map(name => ({
      name,
      environment: `resource:default/${name}`,
      strategy: { rolling: {} },
      ...(name === 'production' && {
        gates: [
          {
            approval: {
              rules: [{ group: 'group:default/engineering', atLeast: 1 }],
            },
          },
        ],
      }),
    })),
  },
};

interface Told {
  promotion: Promotion;
  version: string;
  isBad: boolean;
}

const onPostgres = process.env.SLIPWAY_TEST_POSTGRES ? describe : describe.skip;

onPostgres('three replicas that are killed while promotions run', () => {
  const databases = databasesOf('postgres');
  const first = new Portal({ database: databases.config, entities, pipeline });
  const replicas = [
    first,
    new Portal({ replicaOf: first }),
    new Portal({ replicaOf: first }),
  ];
  const ready = new Set<Portal>();
  const tokens = { admin: '', approver: '' };
  let kills = 0;
  let lastKillAt = Infinity;
  const isTooLate = () => Date.now() > lastKillAt + longestMs;

  const start = async (replica: Portal) => {
    await replica.start();
    ready.add(replica);
  };

  /** Asks one that is up; what breaks off is asked again of another. */
  const ask = <T>(work: (client: DeliveryClient) => Promise<T>): Promise<T> =>
    eventually(async () => {
      const [replica = first] = shuffled([...ready]);
      return work(replica.delivery);
    }, longestMs);
  const as = (token: string, idempotencyKey?: string) => ({
    token,
    ...(idempotencyKey && { idempotencyKey }),
  });

  beforeAll(async () => {
    await start(first);
    const signIn = (user: string) => eventually(() => first.signIn(user));
    tokens.admin = await signIn('dmitri');
    tokens.approver = await signIn('ana');
    await Promise.all(replicas.slice(1).map(start));
    const folder = join(first.artifacts, 'server');
    mkdirSync(folder);
    writeFileSync(join(folder, 'server.js'), server);
  });

  afterAll(async () => {
    await Promise.all(replicas.map(replica => replica.kill()));
    await first.destroy();
    await databases.destroy();
  });

  const release = (name: string, version: string) => {
    const request: CreateReleaseRequest = {
      componentRef: refOf(name),
      version,
      artifact: {
        kind: 'directory',
        spec: {
          path: join(first.artifacts, 'server'),
          command: ['node', 'server.js'],
        },
      },
      configuration: { values: { VERSION: `${name}-${version}` } },
      health: { readiness: { path: '/', periodSeconds: 0.2 } },
    };
    return ask(client =>
      client.createRelease(request, as(tokens.admin, `${name} ${version}`)),
    );
  };

  const approve = (id: string, subjectDigest: string) =>
    ask(client =>
      client.decideApproval(
        id,
        'approve',
        { subjectDigest },
        as(tokens.approver, `approve ${id}`),
      ),
    );

  const approveAll = async () => {
    const { items } = await ask(client =>
      client.listApprovals(
        { view: 'waitingForMe', limit: 100 },
        as(tokens.approver),
      ),
    );
    for (const one of items)
      if (one.kind === 'rollout')
        await approve(one.id, one.rollout.gates!.subject.digest);
  };

  const promote = async (number: number): Promise<Told> => {
    const isBad = number % 3 === 2;
    const version = `${number}.0.0`;
    const items: StartPromotionRequest['items'] = [];
    for (const [index, name] of names.entries()) {
      const ofItem = isBad && index === 1 ? `${version}-bad` : version;
      const { id } = await release(name, ofItem);
      items.push({ componentRef: refOf(name), releaseId: id });
    }
    const { id } = await ask(client =>
      client.startPromotion({ items }, as(tokens.admin, `promote ${number}`)),
    );
    const read = () => ask(client => client.getPromotion(id, as(tokens.admin)));
    let promotion = await read();
    // Its end is judged below, where how it stands is shown.
    while (!promotion.finishedAt && !isTooLate()) {
      await approveAll();
      await pause(300);
      promotion = await read();
    }
    return { promotion, version, isBad };
  };

  /** Mostly one stays up; at times none does. */
  const killAll = async () => {
    const starting = new Set<Promise<void>>();
    while (kills < wantedKills) {
      await pause(Math.random() * (full ? 2500 : 5000));
      const [victim] = shuffled([...ready]);
      if (!victim || (ready.size === 1 && Math.random() < 0.8)) continue;
      ready.delete(victim);
      await victim.kill();
      kills += 1;
      const again = start(victim).finally(() => starting.delete(again));
      starting.add(again);
    }
    await Promise.all(starting);
    lastKillAt = Date.now();
  };

  it('ends every promotion as it should, with every rollout done once', async () => {
    const begun = Date.now();
    const told: Told[] = [];
    const killing = killAll();
    for (
      let number = 1;
      number <= wantedPromotions || kills < wantedKills;
      number++
    )
      told.push(await promote(number));
    await killing;

    const all = await ask(client =>
      client.listPromotions({ limit: 100 }, as(tokens.admin)),
    );
    expect(new Set(all.items.map(({ id }) => id))).toEqual(
      new Set(told.map(({ promotion }) => promotion.id)),
    );
    const rollouts = await everyRollout();
    for (const { promotion, version, isBad } of told) {
      const { id } = promotion;
      expect(
        `${version} ${promotion.phase} ${promotion.message ?? ''}`,
      ).toMatch(isBad ? /^\S+ failed/ : /^\S+ succeeded/);
      const events = await eventsOf(id);
      expect(events.map(event => event.version)).toEqual(upTo(events.length));
      expectRollouts(
        rollouts.filter(each => each.promotion?.id === id),
        isBad,
      );
    }
    const good = told.filter(({ isBad }) => !isBad).at(-1)!;
    await eventually(async () => {
      const running = first
        .processes()
        .flatMap(({ version = [] }) => version)
        .sort();
      expect(running).toEqual(
        names
          .flatMap(name => stages.map(() => `${name}-${good.version}`))
          .sort(),
      );
    });
    process.stdout.write(
      `chaos: ${kills} kills of three replicas in ${Math.round((Date.now() - begun) / 1000)} s, ${told.length} promotions of ${names.length} components, ${rollouts.length} rollouts: nothing lost, doubled or stuck\n`,
    );
    expect(kills).toBeGreaterThanOrEqual(wantedKills);
  });

  function eventsOf(id: string) {
    return ask(client =>
      client.listPromotionEvents(id, { limit: 1000 }, as(tokens.admin)),
    );
  }

  async function everyRollout(): Promise<Rollout[]> {
    const items: Rollout[] = [];
    const readFrom = (cursor?: string) =>
      ask(client =>
        client.listRollouts(
          { limit: 100, ...(cursor && { cursor }) },
          as(tokens.admin),
        ),
      );
    let found = await readFrom();
    items.push(...found.items);
    while (found.page.nextCursor) {
      found = await readFrom(found.page.nextCursor);
      items.push(...found.items);
    }
    expect(items.filter(({ finishedAt }) => !finishedAt)).toEqual([]);
    return items;
  }

  function expectRollouts(rollouts: Rollout[], isBad: boolean) {
    const forward = rollouts.filter(({ kind }) => kind === 'rollout');
    const places = forward.map(
      ({ componentRef, environmentName }) =>
        `${componentRef} ${environmentName}`,
    );
    // Once each, in whatever order they were found.
    expect(new Set(places).size).toBe(places.length);
    if (isBad) {
      expect(
        forward.filter(({ environmentName }) => environmentName !== stages[0]),
      ).toEqual([]);
      return;
    }
    expect(places).toHaveLength(names.length * stages.length);
    expect(forward.filter(({ phase }) => phase !== 'succeeded')).toEqual([]);
    expect(rollouts).toHaveLength(forward.length);
  }
});

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function shuffled<T>(items: T[]): T[] {
  return items
    .map(item => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

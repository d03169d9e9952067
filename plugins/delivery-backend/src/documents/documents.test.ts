import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  mockServices,
  ServiceFactoryTester,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { migrate } from '../database/migrate';
import type { PipelineFacts } from '../domain/pipeline/PipelineFacts';
import { Documents } from './Documents';
import { DocumentStore } from './DocumentStore';
import type { DocumentLocation } from './settings';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const catalogFacts: PipelineFacts = {
  environments: new Set(['resource:default/dev', 'resource:default/prod']),
  members: new Map([
    ['group:default/two', ['user:default/a', 'user:default/b']],
  ]),
  users: new Set(['user:default/a', 'user:default/b']),
};

const pipeline = (name: string, more = '') => `apiVersion: slipway.dev/v1alpha1
kind: DeliveryPipeline
metadata:
  name: ${name}
spec:
  stages:
    - name: dev
      environment: resource:default/dev
    - name: prod
      environment: resource:default/prod
${more}`;

const freeze = (recurrence: string, timeZone = 'Europe/Berlin') =>
  `apiVersion: slipway.dev/v1alpha1
kind: DeliveryWindow
metadata:
  name: weekend
spec:
  type: deny
  match: { tiers: [production] }
  start: 2026-01-02T18:00
  timeZone: ${timeZone}
  duration: 54h
  recurrence: ${recurrence}
`;
const weekend = freeze('FREQ=WEEKLY;BYDAY=FR');

describe.each(databases.eachSupportedId())('documents on %s', databaseId => {
  let knex: Knex;
  let directory: string;
  let now: number;
  let server: Server | undefined;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    directory = await mkdtemp(join(tmpdir(), 'slipway-documents-'));
    now = Date.parse('2026-06-01T12:00:00Z');
  });

  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
    await rm(directory, { recursive: true });
  });

  async function write(name: string, text: string): Promise<DocumentLocation> {
    const target = join(directory, name);
    await writeFile(target, text);
    return { type: 'file', target };
  }

  /** A replica of the plugin, or the same one after a restart. */
  async function start(
    locations: DocumentLocation[],
    facts: () => Promise<PipelineFacts> = async () => catalogFacts,
    defaultName?: string,
  ): Promise<Documents> {
    const allow = locations
      .filter(({ type }) => type === 'url')
      .map(({ target }) => ({ host: new URL(target).host }));
    const urlReader = await ServiceFactoryTester.from(
      mockServices.urlReader.factory(),
      {
        dependencies: [
          mockServices.rootConfig.factory({
            data: { backend: { reading: { allow } } },
          }),
        ],
      },
    ).getSubject();
    return Documents.create({
      settings: {
        locations,
        refresh: { seconds: 60 },
        ...(defaultName && { defaultName }),
      },
      store: new DocumentStore(knex),
      urlReader,
      vocabulary: {
        provider: () => undefined,
        comparison: () => undefined,
        stepKind: () => undefined,
      },
      facts,
      logger: mockServices.logger.mock(),
      now: () => now,
    });
  }

  const names = async (documents: Documents) =>
    (await documents.pipelines()).map(({ name }) => name);

  it('are the same on every replica, and outlive a restart', async () => {
    const at = await write('a.yaml', `${pipeline('one')}---\n${weekend}`);
    const [first, second] = [await start([at]), await start([at])];
    expect(await names(second)).toEqual([]);
    await first.refresh();
    expect(await names(first)).toEqual(['one']);
    now += 2000;
    expect(await names(second)).toEqual(['one']);
    expect((await second.windows()).map(w => w.metadata.name)).toEqual([
      'weekend',
    ]);
    expect(await names(await start([at]))).toEqual(['one']);
  });

  it.each<[string, string, number, string | undefined, RegExp]>([
    [
      'a cycle',
      pipeline('one').replace(
        'dev\n      env',
        'dev\n      needs: [prod]\n      env',
      ),
      8,
      '/spec/stages/0/needs',
      /dev → prod → dev/,
    ],
    [
      'an unknown environment',
      pipeline('one').replace('default/prod', 'default/mars'),
      10,
      '/spec/stages/1/environment',
      /no environment/,
    ],
    [
      'a rule that can never be met',
      pipeline(
        'one',
        '      gates:\n        - approval:\n            rules:\n              - { group: group:default/two, atLeast: 3 }\n',
      ),
      14,
      '/spec/stages/1/gates/0/approval/rules/0/atLeast',
      /can never be met/,
    ],
    [
      'YAML that is none',
      pipeline('one').replace('stages:', 'stages: [}'),
      6,
      undefined,
      /./,
    ],
    [
      'more than 256 KiB',
      `${pipeline('one')}# ${'x'.repeat(257 * 1024)}`,
      0,
      undefined,
      /bigger than 256 KiB/,
    ],
  ])(
    'keep the last good version where a new one has %s',
    async (_, bad, line, field, detail) => {
      const at = await write('a.yaml', pipeline('one'));
      const documents = await start([at]);
      await documents.refresh();
      const [good] = await documents.pipelines();
      await write('a.yaml', bad);
      now += 60_000;
      await documents.refresh();
      const problem = {
        source: at.target,
        ...(line && { line }),
        ...(field && { field }),
        detail: expect.stringMatching(detail),
        since: '2026-06-01T12:01:00.000Z',
      };
      expect((await documents.problems())[0]).toEqual(problem);
      // A restart, and reading the same again: neither the pipeline nor the time of the problem moves.
      now += 60_000;
      const again = await start([at]);
      await again.refresh();
      expect(await again.pipelines()).toEqual([good]);
      expect((await again.problems())[0]).toEqual(problem);
      await write('a.yaml', pipeline('one', '      replicas: 2\n'));
      await again.refresh();
      expect(await again.problems()).toEqual([]);
      expect(await again.pipelines()).toEqual([
        expect.objectContaining({ loadedAt: '2026-06-01T12:02:00.000Z' }),
      ]);
    },
  );

  it.each<[string, string, number, string, RegExp]>([
    [
      'never starts',
      freeze('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'),
      11,
      '/spec/recurrence',
      /never happens/,
    ],
    ['never ends', freeze('FREQ=DAILY'), 11, '/spec/recurrence', /never ends/],
    [
      'has a time zone that does not exist',
      freeze('FREQ=WEEKLY', 'Mars/Olympus'),
      9,
      '/spec/timeZone',
      /no time zone 'Mars\/Olympus'/,
    ],
  ])(
    'keep the freeze where a new one %s',
    async (_, bad, line, field, detail) => {
      const at = await write('a.yaml', weekend);
      const documents = await start([at]);
      await documents.refresh();
      const before = await documents.windows();
      await write('a.yaml', bad);
      await documents.refresh();
      expect(await documents.problems()).toEqual([
        expect.objectContaining({
          line,
          field,
          detail: expect.stringMatching(detail),
        }),
      ]);
      expect(await documents.windows()).toEqual(before);
    },
  );

  it('stay in force while their URL does not answer, also over a restart', async () => {
    server = createServer((_, response) => response.end(pipeline('remote')));
    await new Promise<void>(resolve => {
      server!.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const at: DocumentLocation = {
      type: 'url',
      target: `http://127.0.0.1:${port}/pipelines.yaml`,
    };
    const documents = await start([at]);
    await documents.refresh();
    expect(await documents.problems()).toEqual([]);
    expect(await names(documents)).toEqual(['remote']);
    server.closeAllConnections();
    await new Promise(resolve => {
      server!.close(resolve);
    });
    const again = await start([at]);
    await again.refresh();
    expect(await names(again)).toEqual(['remote']);
    expect(await again.problems()).toEqual([
      {
        source: at.target,
        detail: expect.stringMatching(/^cannot be read: .*/),
        since: '2026-06-01T12:00:00.000Z',
      },
    ]);
  });

  it('stay as they are while the catalog does not answer', async () => {
    const at = await write('a.yaml', pipeline('one'));
    await (await start([at])).refresh();
    await write('a.yaml', pipeline('two'));
    const documents = await start([at], async () => {
      throw new Error('catalog is down');
    });
    await documents.refresh();
    expect(await names(documents)).toEqual(['one']);
  });

  it('leave with their location, and a name belongs to the first', async () => {
    const a = await write('a.yaml', pipeline('one'));
    const b = await write(
      'b.yaml',
      `${pipeline('one')}---\n${pipeline('two')}`,
    );
    const both = await start([a, b]);
    await both.refresh();
    expect(
      (await both.pipelines()).map(({ name, source }) => [name, source]),
    ).toEqual([
      ['one', a.target],
      ['two', b.target],
    ]);
    expect(await both.problems()).toEqual([
      expect.objectContaining({
        source: b.target,
        field: '/metadata/name',
        detail: `${a.target} has a DeliveryPipeline 'one' already`,
      }),
    ]);
    const alone = await start([b]);
    await alone.refresh();
    expect(await names(alone)).toEqual(['one', 'two']);
    expect(await alone.problems()).toEqual([]);
    const none = await start([]);
    await none.refresh();
    expect(await names(none)).toEqual([]);
  });

  it('say which pipeline serves a component', async () => {
    const claims = (name: string, what: string) =>
      pipeline(name).replace('spec:', `spec:\n  appliesTo: { ${what} }`);
    const at = await write(
      'a.yaml',
      [
        claims('by-component', 'components: [Component:default/Shop]'),
        claims('by-system', 'systems: [system:default/web]'),
        pipeline('named'),
        pipeline('fallback'),
      ].join('---\n'),
    );
    const documents = await start([at], undefined, 'fallback');
    await documents.refresh();
    const shop = 'component:default/shop';
    const other = 'component:default/other';
    const serving = async (
      ref: string,
      systemRef?: string,
      pipelineName?: string,
    ) => (await documents.pipelineFor({ ref, systemRef, pipelineName }))?.name;
    expect(await serving(shop, 'system:default/web', 'named')).toBe(
      'by-component',
    );
    expect(await serving(other, 'system:default/web', 'named')).toBe(
      'by-system',
    );
    expect(await serving(other, undefined, 'named')).toBe('named');
    expect(await serving(other, undefined, 'no-such')).toBe('fallback');
    const without = await start([at]);
    expect(await without.pipelineFor({ ref: other })).toBeUndefined();
  });

  it('say where the configuration names a pipeline that there is not, and go on', async () => {
    const a = await write('a.yaml', pipeline('one'));
    const b = await write('b.yaml', pipeline('two'));
    const documents = await start([a, b], undefined, 'standart');
    await documents.refresh();
    const [first] = await documents.problems();
    expect(first).toEqual({
      source: 'delivery.pipelines.default',
      detail: `names 'standart', and there is no pipeline of that name in ${a.target}, ${b.target}`,
      since: '2026-06-01T12:00:00.000Z',
    });
    expect(await names(documents)).toEqual(['one', 'two']);
    expect(await documents.isComplete()).toBe(true);
    now += 60_000;
    await documents.refresh();
    expect(await documents.problems()).toEqual([first]);
    await write('b.yaml', pipeline('standart'));
    await documents.refresh();
    expect(await documents.problems()).toEqual([]);
  });

  it('name both of two that claim the same component or system', async () => {
    const claims = (name: string, what: string) =>
      pipeline(name).replace('spec:', `spec:\n  appliesTo: { ${what} }`);
    const a = await write(
      'a.yaml',
      claims('one', 'components: [component:default/shop]'),
    );
    const b = await write(
      'b.yaml',
      [
        claims('also', 'components: [Component:Default/Shop]'),
        claims('web', 'systems: [system:default/web]'),
        claims('net', 'systems: [system:default/net, system:default/web]'),
      ].join('---\n'),
    );
    const documents = await start([a, b]);
    await documents.refresh();
    expect(await documents.problems()).toEqual([
      {
        source: b.target,
        field: '/spec/appliesTo/components/0',
        detail: `pipeline 'also' claims component:default/shop, which pipeline 'one' of ${a.target} claims too; 'also' serves it`,
        since: '2026-06-01T12:00:00.000Z',
      },
      expect.objectContaining({
        field: '/spec/appliesTo/systems/1',
        detail: expect.stringContaining(
          `pipeline 'web' of ${b.target} claims too; 'net' serves it`,
        ),
      }),
    ]);
    expect(
      (await documents.pipelineFor({ ref: 'component:default/shop' }))?.name,
    ).toBe('also');
    expect(await documents.isComplete()).toBe(true);
  });

  it('say what windows mean for a target', async () => {
    const at = await write('a.yaml', weekend);
    const documents = await start([at]);
    await documents.refresh();
    const target = {
      componentRef: 'component:default/shop',
      environmentRef: 'resource:default/prod',
      tier: 'production' as const,
    };
    const saturday = Date.parse('2026-06-06T12:00:00Z');
    expect(await documents.windowsFor(target, saturday)).toEqual({
      open: false,
      until: Date.parse('2026-06-07T22:00:00Z'),
      because: [
        {
          name: 'weekend',
          title: 'weekend',
          type: 'deny',
          start: '2026-06-05T16:00:00.000Z',
          end: '2026-06-07T22:00:00.000Z',
        },
      ],
    });
    expect(
      await documents.windowsFor({ ...target, tier: 'staging' }, saturday),
    ).toBeUndefined();
    const shown = await documents.occurrences(
      saturday,
      saturday + 7 * 86_400_000,
    );
    expect(shown.map(({ start: begin }) => begin)).toEqual([
      '2026-06-05T16:00:00.000Z',
      '2026-06-12T16:00:00.000Z',
    ]);
  });

  it('say which windows hold what is under way, and hold it while nobody knows them', async () => {
    const spell = (name: string, type: string, hour: number, ongoing = '') =>
      weekend
        .replace('weekend', name)
        .replace('deny', `${type}${ongoing && `\n  ongoing: ${ongoing}`}`)
        .replace('2026-01-02T18:00', `2026-01-02T0${hour}:00`)
        .replace('54h', '3h')
        .replace('WEEKLY;BYDAY=FR', 'DAILY');
    const at = await write(
      'a.yaml',
      [
        spell('finishes', 'deny', 1),
        spell('holds', 'deny', 3, 'hold'),
        spell('early', 'allow', 0, 'hold'),
        spell('late', 'allow', 5),
      ].join('---\n'),
    );
    const documents = await start([at]);
    const target = {
      componentRef: 'component:default/shop',
      environmentRef: 'resource:default/prod',
      tier: 'production' as const,
    };
    const atHour = (hour: number) =>
      documents.ongoingFor(target, Date.UTC(2026, 5, 1, hour - 2));
    expect(await atHour(2)).toEqual({
      open: false,
      because: [],
      unknown: expect.stringContaining('have not been read yet'),
    });
    await documents.refresh();
    const held = async (hour: number) =>
      (await atHour(hour))?.because.map(({ name }) => name);
    expect(await held(2)).toEqual([]);
    expect(await held(4)).toEqual(['holds']);
    // The allow window that finishes is as good a time to go on as the one that holds.
    expect(await held(7)).toEqual([]);
    expect(await held(9)).toEqual(['early', 'late']);
    await write('a.yaml', weekend);
    await documents.refresh();
    expect(await atHour(2)).toBeUndefined();
  });
});

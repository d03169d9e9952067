import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import {
  mockServices,
  ServiceFactoryTester,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { migrate } from '../../database/migrate';
import { parseDocuments } from '../../domain/pipeline/parseDocuments';
import { Documents } from '../Documents';
import { DocumentStore } from '../DocumentStore';
import { OwnPipelines } from './OwnPipelines';
import { OwnPipelineStore } from './OwnPipelineStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const approval = `
      gates:
        - approval: { rules: [{ group: group:default/two, atLeast: 1 }] }`;

const pipeline = (name: string, stages: string, more = '') =>
  `apiVersion: slipway.dev/v1alpha1
kind: DeliveryPipeline
metadata:
  name: ${name}
spec:${more}
  stages:${stages}
`;
const stage = (name: string, more = '') => `
    - name: ${name}
      environment: resource:default/${name}${more}`;

const standard = pipeline('standard', stage('dev') + stage('prod', approval));
const own = pipeline('own', stage('dev') + stage('prod'));

const component = (name: string, annotation?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    ...(annotation && {
      annotations: { 'slipway.dev/delivery-pipeline': annotation },
    }),
  },
});
const shop = { ref: 'component:default/shop', hasOwnPipeline: true };
const other = { ref: 'component:default/other', hasOwnPipeline: true };

describe.each(databases.eachSupportedId())(
  'pipelines of components on %s',
  databaseId => {
    let knex: Knex;
    let now: number;
    let server: Server;
    let base: string;
    /** What the server has, by path. */
    let files: Map<string, string>;
    let sent: Array<[path: string, status: number]>;
    let delayMs: number;
    let most: { atOnce: number; now: number };

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await migrate(knex);
      now = Date.parse('2026-06-01T12:00:00Z');
      files = new Map();
      sent = [];
      delayMs = 0;
      most = { atOnce: 0, now: 0 };
      server = createServer(async (request, response) => {
        most.now += 1;
        most.atOnce = Math.max(most.atOnce, most.now);
        if (delayMs)
          await new Promise(resolve => {
            setTimeout(resolve, delayMs);
          });
        const path = new URL(request.url!, 'http://x').pathname;
        const text = files.get(path);
        const etag = `"${createHash('sha256')
          .update(text ?? '')
          .digest('hex')}"`;
        let status = text === undefined ? 404 : 200;
        if (text !== undefined && request.headers['if-none-match'] === etag)
          status = 304;
        sent.push([path, status]);
        response.writeHead(status, { etag });
        response.end(status === 200 ? text : undefined);
        most.now -= 1;
      });
      await new Promise<void>(resolve => {
        server.listen(0, '127.0.0.1', resolve);
      });
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    /** A replica of the plugin with these components in the catalog, and these configured pipelines in force. */
    async function start(
      entities: Entity[],
      options: { baseline?: string; configured?: string } = {},
    ): Promise<Documents> {
      const { configured = standard, baseline } = options;
      const parsed = parseDocuments(configured, 'portal.yaml');
      expect(parsed.problems).toEqual([]);
      await new DocumentStore(knex).replace(
        [
          {
            source: 'portal.yaml',
            pipelines: parsed.pipelines.map(one => ({
              ...one,
              loadedAt: '2026-06-01T00:00:00.000Z',
            })),
            windows: [],
            problems: [],
            complete: true,
          },
        ],
        '2026-06-01T00:00:00.000Z',
      );
      const urlReader = await ServiceFactoryTester.from(
        mockServices.urlReader.factory(),
        {
          dependencies: [
            mockServices.rootConfig.factory({
              data: {
                backend: {
                  reading: { allow: [{ host: new URL(base).host }] },
                },
              },
            }),
          ],
        },
      ).getSubject();
      const reading = {
        urlReader,
        vocabulary: {
          provider: () => undefined,
          comparison: () => undefined,
          stepKind: () => undefined,
        },
        facts: async () => ({
          environments: new Set([
            'resource:default/dev',
            'resource:default/prod',
          ]),
          members: new Map([['group:default/two', ['user:default/a']]]),
          users: new Set(['user:default/a']),
        }),
        logger: mockServices.logger.mock(),
        now: () => now,
      };
      return Documents.create({
        ...reading,
        settings: {
          locations: [{ type: 'file', target: 'portal.yaml' }],
          defaultName: 'standard',
          refresh: { seconds: 60 },
          fromComponents: { ...(baseline && { baseline }) },
        },
        store: new DocumentStore(knex),
        own: new OwnPipelines({
          ...reading,
          store: new OwnPipelineStore(knex),
          catalog: catalogServiceMock({ entities }),
          auth: mockServices.auth(),
          integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
        }),
      });
    }

    const serving = async (documents: Documents, facts: object = shop) =>
      (await documents.pipelineFor({ ref: shop.ref, ...facts }))?.name;

    it('serve that component alone, are the same on every replica, and are read once while they do not change', async () => {
      files.set('/shop.yaml', own);
      const entities = [
        component('shop', `${base}/shop.yaml`),
        component('other'),
      ];
      const documents = await start(entities);
      await expect(serving(documents)).rejects.toThrow(
        /has not been read yet; try again/,
      );
      await documents.refreshOwn();
      expect(await serving(await start(entities))).toBe('own');
      expect(
        await serving(documents, { ref: other.ref, hasOwnPipeline: false }),
      ).toBe('standard');
      expect(
        (await documents.pipelines()).map(
          ({ name, componentRef, source, isDefault }) => [
            name,
            componentRef,
            source,
            isDefault,
          ],
        ),
      ).toEqual([
        ['standard', undefined, 'portal.yaml', true],
        ['own', shop.ref, `${base}/shop.yaml`, false],
      ]);
      const [, before] = await documents.pipelines();
      now += 60_000;
      await documents.refreshOwn();
      expect(sent).toEqual([
        ['/shop.yaml', 200],
        ['/shop.yaml', 304],
      ]);
      expect((await documents.pipelines())[1]).toEqual(before);
    });

    it('may have the name of any other', async () => {
      files.set('/shop.yaml', pipeline('standard', stage('dev')));
      files.set('/other.yaml', pipeline('standard', stage('prod')));
      const documents = await start([
        component('shop', `${base}/shop.yaml`),
        component('other', `${base}/other.yaml`),
      ]);
      await documents.refreshOwn();
      expect(await documents.problems()).toEqual([]);
      const environments = async (ref: string) =>
        (await documents.pipelineFor({ ref }))?.stages.map(({ name }) => name);
      expect(await environments(shop.ref)).toEqual(['dev']);
      expect(await environments(other.ref)).toEqual(['prod']);
      expect(await environments('component:default/third')).toEqual([
        'dev',
        'prod',
      ]);
    });

    it.each<[string, string, number | undefined, string | undefined, RegExp]>([
      [
        'an unknown environment',
        own.replace('default/prod', 'default/mars'),
        10,
        '/spec/stages/1/environment',
        /no environment resource:default\/mars/,
      ],
      [
        'a claim on others',
        pipeline(
          'own',
          stage('dev') + stage('prod'),
          '\n  appliesTo: { components: [component:default/other] }',
        ),
        6,
        '/spec/appliesTo',
        /serves the component that names it, and no other/,
      ],
      [
        'two pipelines',
        `${own}---\n${own.replace('own', 'more')}`,
        15,
        '/metadata/name',
        /a component has one/,
      ],
      [
        'a window',
        `apiVersion: slipway.dev/v1alpha1
kind: DeliveryWindow
metadata: { name: never }
spec: { type: allow, start: 2026-01-01T00:00, timeZone: Etc/UTC, duration: 1h }
`,
        2,
        '/kind',
        /no windows of its own/,
      ],
      ['nothing', '# to do\n', undefined, undefined, /holds no pipeline/],
    ])(
      'keep the last good version where a new one has %s, and hold a component that never had one',
      async (_, bad, line, field, detail) => {
        files.set('/shop.yaml', own);
        files.set('/other.yaml', bad);
        const documents = await start([
          component('shop', `${base}/shop.yaml`),
          component('other', `${base}/other.yaml`),
        ]);
        await documents.refreshOwn();
        const [, good] = await documents.pipelines();
        files.set('/shop.yaml', bad);
        now += 60_000;
        await documents.refreshOwn();
        now += 60_000;
        // Not sent again, and still wrong since then.
        await documents.refreshOwn();
        expect((await documents.pipelines())[1]).toEqual(good);
        const problem = {
          ...(line && { line }),
          ...(field && { field }),
          detail: expect.stringMatching(detail),
        };
        expect(await documents.problems()).toEqual([
          {
            ...problem,
            componentRef: other.ref,
            source: `${base}/other.yaml`,
            since: '2026-06-01T12:00:00.000Z',
          },
          {
            ...problem,
            componentRef: shop.ref,
            source: `${base}/shop.yaml`,
            since: '2026-06-01T12:01:00.000Z',
          },
        ]);
        const refusal = await documents.pipelineFor(other).then(
          () => '',
          error => `${error}`,
        );
        expect(refusal).toMatch(detail);
        expect(refusal).toContain(
          `ConflictError: The pipeline of ${other.ref} has mistakes`,
        );
        expect(refusal).toContain(
          `${base}/other.yaml${line ? `:${line}` : ''}: ${field ?? ''}`,
        );
        files.set('/other.yaml', own);
        await documents.refreshOwn();
        expect(await serving(documents, other)).toBe('own');
      },
    );

    it('are not read for a baseline that there is not, and those in force stay so', async () => {
      files.set('/shop.yaml', own);
      files.set('/other.yaml', own);
      const entities = [component('shop', `${base}/shop.yaml`)];
      await (await start(entities)).refreshOwn();
      const documents = await start(
        [...entities, component('other', `${base}/other.yaml`)],
        { baseline: 'standart' },
      );
      await documents.refreshOwn();
      expect(await serving(documents)).toBe('own');
      await expect(documents.pipelineFor(other)).rejects.toThrow(
        "is not read: its baseline 'standart' is not among the configured pipelines",
      );
    });

    it('leave with the annotation', async () => {
      files.set('/shop.yaml', own);
      const documents = await start([component('shop', `${base}/shop.yaml`)]);
      await documents.refreshOwn();
      const without = await start([component('shop')]);
      // Until it is looked at again, nobody can tell.
      expect(await serving(without, { hasOwnPipeline: false })).toBe('own');
      await without.refreshOwn();
      expect(await serving(without, { hasOwnPipeline: false })).toBe(
        'standard',
      );
      expect(await without.pipelines()).toHaveLength(1);
    });

    it('stay in force while their host does not answer, and nobody else waits for it', async () => {
      files.set('/shop.yaml', own);
      files.set('/other.yaml', own);
      const documents = await start([
        component('shop', `${base}/shop.yaml?private_token=s3cr3t`),
        component('lost', 'http://127.0.0.1:1/x.yaml?private_token=s3cr3t'),
        component('other', `${base}/other.yaml`),
      ]);
      await documents.refreshOwn();
      files.delete('/shop.yaml');
      await documents.refreshOwn();
      expect(await serving(documents)).toBe('own');
      expect(await serving(documents, other)).toBe('own');
      const problems = await documents.problems();
      expect(
        problems.map(({ componentRef, source }) => [componentRef, source]),
      ).toEqual([
        ['component:default/lost', 'http://127.0.0.1:1/x.yaml'],
        [shop.ref, `${base}/shop.yaml`],
      ]);
      for (const { detail } of problems)
        expect(detail).toMatch(/^cannot be read: /);
      expect(JSON.stringify(problems)).not.toContain('s3cr3t');
    });

    it('are read eight at a time', async () => {
      delayMs = 50;
      const entities = Array.from({ length: 24 }, (_, index) => {
        files.set(`/${index}.yaml`, own);
        return component(`c${index}`, `${base}/${index}.yaml`);
      });
      const documents = await start(entities);
      await documents.refreshOwn();
      expect(await documents.pipelines()).toHaveLength(25);
      expect(most.atOnce).toBe(8);
    });

    it('give way to what claims the component or its system, and go before what it names and the default', async () => {
      files.set('/shop.yaml', own);
      const claim = (name: string, what: string) =>
        pipeline(name, stage('dev'), `\n  appliesTo: { ${what} }`);
      const entities = [component('shop', `${base}/shop.yaml`)];
      const named = pipeline('named', stage('dev'));
      const facts = {
        ...shop,
        systemRef: 'system:default/web',
        pipelineName: 'named',
      };
      const among = async (...configured: string[]) => {
        const documents = await start(entities, {
          configured: [standard, named, ...configured].join('---\n'),
        });
        await documents.refreshOwn();
        return serving(documents, facts);
      };
      expect(await among()).toBe('own');
      expect(
        await among(claim('by-system', `systems: [${facts.systemRef}]`)),
      ).toBe('by-system');
      expect(
        await among(claim('by-component', `components: [${shop.ref}]`)),
      ).toBe('by-component');
    });

    it('have the gates of the baseline before their own, and another digest for it', async () => {
      files.set(
        '/shop.yaml',
        pipeline(
          'own',
          stage('dev') +
            stage('prod', '\n      gates: [{ soak: { duration: 1h } }]'),
        ),
      );
      const entities = [component('shop', `${base}/shop.yaml`)];
      const free = await start(entities);
      await free.refreshOwn();
      const before = await free.pipelineFor(shop);
      const held = await start(entities, { baseline: 'standard' });
      await held.refreshOwn();
      const after = await held.pipelineFor(shop);
      expect(
        after?.stages.map(({ gates = [] }) =>
          gates.map(one => Object.keys(one)),
        ),
      ).toEqual([[], [['approval'], ['soak']]]);
      expect(after?.digest).not.toBe(before?.digest);
    });

    it('are held to a baseline that asks for more than before, and are not in force when they cannot be', async () => {
      files.set('/shop.yaml', pipeline('own', stage('prod')));
      const entities = [component('shop', `${base}/shop.yaml`)];
      const only = (name: string, more = '') =>
        pipeline('standard', stage(name, more));
      const loose = await start(entities, {
        baseline: 'standard',
        configured: only('prod'),
      });
      await loose.refreshOwn();
      expect((await loose.pipelineFor(shop))?.stages[0].gates).toBeUndefined();
      const strict = await start(entities, {
        baseline: 'standard',
        configured: only('prod', approval),
      });
      // Also while what it has now cannot be read.
      files.delete('/shop.yaml');
      await strict.refreshOwn();
      expect((await strict.pipelineFor(shop))?.stages[0].gates).toHaveLength(1);
      const more = await start(entities, { baseline: 'standard' });
      await more.refreshOwn();
      await expect(more.pipelineFor(shop)).rejects.toThrow(
        /has no stage in resource:default\/dev/,
      );
    });
  },
);

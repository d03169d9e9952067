import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import request from 'supertest';
import {
  checkout,
  DeliveryCalls,
  production,
  releaseRequest,
  waitsHalfWay,
} from './__testUtils__/DeliveryCalls';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const release = releaseRequest('9.0.0');
const artifact = release.artifact;
const canary = (...steps: object[]) => ({ strategy: { canary: { steps } } });
const analysis = (metric: object, scoring?: object) =>
  canary({
    analysis: {
      ...(scoring && { scoring }),
      metrics: [
        {
          name: 'errors',
          provider: { test: {} },
          successCondition: 'result < 1',
          ...metric,
        },
      ],
    },
  });
const comparison = (metric: object, scoring?: object) =>
  analysis({ successCondition: undefined, comparison: {}, ...metric }, scoring);
const metric = '/strategy/canary/steps/0/analysis/metrics/0';
const scoring = '/strategy/canary/steps/0/analysis/scoring';

/** What is wrong, where in the body, and a word of the reason. */
type Case = [what: string, body: object, pointer: string, reason: string];

const badReleases: Case[] = [
  ['nothing', { componentRef: undefined }, '/componentRef', 'required'],
  [
    'an unknown component',
    { componentRef: 'component:default/nobody' },
    '/componentRef',
    'no component',
  ],
  ['no reference', { componentRef: 'checkout' }, '/componentRef', 'pattern'],
  ['a wrong type', { version: 9 }, '/version', 'string'],
  ['an empty version', { version: '' }, '/version', ''],
  ['a version with blanks', { version: '9 0' }, '/version', 'pattern'],
  ['a list for an object', { artifact: [] }, '/artifact', 'object'],
  ['an unknown field', { mood: 'good' }, '/mood', 'no such field'],
  [
    'an unknown artifact kind',
    { artifact: { kind: 'image', spec: {} } },
    '/artifact/kind',
    'known: test',
  ],
  [
    'a spec that its kind does not know',
    { artifact: { kind: 'test', spec: { nam: 'x' } } },
    '/artifact/spec',
    "'nam'",
  ],
  [
    'an artifact that does not exist',
    { artifact: { kind: 'test', spec: { name: 'missing' } } },
    '/artifact',
    "no 'missing'",
  ],
  [
    'a digest that is none',
    { artifact: { ...artifact, digest: 'sha256:12' } },
    '/artifact/digest',
    'pattern',
  ],
  [
    'the digest of something else',
    { artifact: { ...artifact, digest: `sha256:${'0'.repeat(64)}` } },
    '/artifact/digest',
    'is not that of what was found',
  ],
  [
    'a variable that cannot be one',
    { configuration: { values: { 'A-B': 'x' } } },
    '/configuration/values',
    '',
  ],
  [
    'a commit that is none',
    { provenance: { commit: 'main' } },
    '/provenance/commit',
    'pattern',
  ],
  [
    'a health check that never comes',
    { health: { readiness: { periodSeconds: -1 } } },
    '/health/readiness/periodSeconds',
    '>= 0.1',
  ],
];

const badRollouts: Case[] = [
  [
    'an unknown environment',
    { environmentRef: 'resource:default/moon' },
    '/environmentRef',
    'no environment',
  ],
  [
    'an environment of an unknown runtime',
    { environmentRef: 'resource:default/orbit' },
    '/environmentRef',
    "'rocket' is not installed",
  ],
  ['an unknown release', { releaseId: 'x' }, '/releaseId', 'no release'],
  [
    'a release of another component',
    { componentRef: 'component:default/ledger' },
    '/releaseId',
    'Ledger has no release',
  ],
  ['zero replicas', { replicas: 0 }, '/replicas', '>= 1'],
  ['negative replicas', { replicas: -3 }, '/replicas', '>= 1'],
  ['half a replica', { replicas: 1.5 }, '/replicas', 'integer'],
  ['replicas in words', { replicas: 'two' }, '/replicas', 'integer'],
  [
    'a deadline in the past',
    { progressDeadlineSeconds: -1 },
    '/progressDeadlineSeconds',
    '>= 5',
  ],
  ['a reason that is none', { reason: {} }, '/reason', 'string'],
  ['a reason that nothing can store', { reason: 'a\0' }, '/reason', 'NUL'],
  ['no strategy', { strategy: {} }, '/strategy', 'fewer than 1'],
  [
    'two strategies',
    { strategy: { rolling: {}, blueGreen: {} } },
    '/strategy',
    'more than 1',
  ],
  ['an unknown strategy', { strategy: { yolo: {} } }, '/strategy/yolo', ''],
  [
    'a canary without steps',
    canary(),
    '/strategy/canary/steps',
    'fewer than 1',
  ],
  [
    'a weight above all',
    canary({ setWeight: 101 }),
    '/strategy/canary/steps/0/setWeight',
    '<= 100',
  ],
  [
    'a negative weight',
    canary({ setWeight: -1 }),
    '/strategy/canary/steps/0/setWeight',
    '>= 0',
  ],
  [
    'weights that do not ascend',
    canary({ setWeight: 50 }, { setWeight: 20 }),
    '/strategy/canary/steps/1/setWeight',
    'more than the weight before it, 50',
  ],
  [
    'traffic to no copies',
    canary({ setCanaryScale: { replicas: 0 } }, { setWeight: 10 }),
    '/strategy/canary/steps/1/setWeight',
    'no copies',
  ],
  [
    'a negative pause',
    canary({ pause: { duration: -1 } }),
    '/strategy/canary/steps/0/pause/duration',
    '>= 0',
  ],
  [
    'a pause of no unit',
    canary({ pause: { duration: 'soon' } }),
    '/strategy/canary/steps/0/pause/duration',
    'pattern',
  ],
  [
    'an unknown kind of step',
    canary({ plugin: { name: 'dance' } }),
    '/strategy/canary/steps/0/plugin',
    "no step kind 'dance'",
  ],
  [
    'an unknown analysis provider',
    analysis({ provider: { nowhere: {} } }),
    `${metric}/provider/nowhere`,
    "no analysis provider 'nowhere'; known: 'test', 'plain'",
  ],
  [
    'a condition that is not CEL',
    analysis({ successCondition: 'result <' }),
    `${metric}/successCondition`,
    '',
  ],
  [
    'a condition that is not true or false',
    analysis({ failureCondition: '"yes"' }),
    `${metric}/failureCondition`,
    'not true or false',
  ],
  [
    'measuring without end',
    analysis({ count: 100_000 }),
    `${metric}/count`,
    '<= 1000',
  ],
  [
    'a metric that nothing could fail',
    analysis({ successCondition: undefined }),
    `${metric}/successCondition`,
    'nothing could fail',
  ],
  [
    'a condition beside a comparison',
    analysis({ comparison: {} }),
    `${metric}/successCondition`,
    'has both',
  ],
  [
    'a comparison by a provider that cannot',
    comparison({ provider: { plain: {} } }),
    `${metric}/comparison`,
    "'plain' cannot compare two releases",
  ],
  [
    'failures of a comparison, which decides once',
    comparison({ failureLimit: 1 }),
    `${metric}/failureLimit`,
    'decides once',
  ],
  [
    'a comparison in no direction',
    comparison({ comparison: { direction: 'sideways' } }),
    `${metric}/comparison/direction`,
    'either',
  ],
  [
    'a tolerance that nothing could exceed',
    comparison({ comparison: { tolerance: 1 } }),
    `${metric}/comparison/tolerance`,
    '0.99',
  ],
  [
    'a comparison of too few points',
    comparison({ comparison: { minimumPoints: 2 } }),
    `${metric}/comparison/minimumPoints`,
    '>= 10',
  ],
  [
    'a scoring of nothing',
    analysis({}, { pass: 90 }),
    scoring,
    'no metric here has one',
  ],
  [
    'a marginal score above the one that passes',
    comparison({}, { pass: 50, marginal: 60 }),
    `${scoring}/marginal`,
    'not be more than pass, 50',
  ],
  [
    'a weight of an unknown group',
    comparison({}, { groupWeights: { latency: 100 } }),
    `${scoring}/groupWeights/latency`,
    'known: default',
  ],
  [
    'weights that do not add up',
    comparison({}, { groupWeights: { default: 90 } }),
    `${scoring}/groupWeights`,
    'add up to 100, not 90',
  ],
  [
    'nothing to replace with',
    { strategy: { rolling: { maxSurge: 0, maxUnavailable: 0 } } },
    '/strategy/rolling/maxUnavailable',
    'nothing could be replaced',
  ],
];

const badRollbacks: Case[] = [
  [
    'an unknown environment',
    { environmentRef: 'resource:default/moon' },
    '/environmentRef',
    'no environment',
  ],
  [
    'an unknown release',
    { environmentRef: 'resource:default/development', toReleaseId: 'x' },
    '/toReleaseId',
    'no release',
  ],
  ['a wrong type', { toReleaseId: 7 }, '/toReleaseId', 'string'],
];

describe('bad input', () => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  let releaseId: string;
  let rolloutId: string;
  let before: object;
  const calls = new DeliveryCalls(() => delivery.server);

  beforeAll(async () => {
    delivery = await startDelivery(
      await databases.init('SQLITE_3'),
      mockServices.permissions.factory(),
      {
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Resource',
            metadata: { name: 'orbit' },
            spec: {
              type: 'environment',
              tier: 'development',
              runtime: 'rocket',
            },
          },
        ],
      },
    );
    await calls.rollOut(await calls.release('1.0.0'));
    releaseId = await calls.release('2.0.0');
    rolloutId = await calls.start(releaseId, { strategy: waitsHalfWay });
    await calls.paused(rolloutId);
    before = await everything();
  });

  afterAll(() => delivery?.backend.stop());

  /** All that could have been half-done. */
  async function everything(): Promise<object> {
    const answers = [];
    for (const path of ['/releases', '/rollouts', '/deployments'])
      answers.push((await calls.get(path)).body);
    return answers;
  }

  /** The answer, and whether anything was done all the same. */
  async function answerTo(path: string, body: object) {
    const { status, type, body: problem } = await calls.post(path, body);
    const after = await everything();
    return { status, type, errors: problem.errors, after };
  }

  /** What it should be: which field, and a word of the reason. */
  function refusal(pointer: string, reason: string) {
    return {
      status: 400,
      type: 'application/problem+json',
      errors: expect.arrayContaining([
        { pointer, detail: expect.stringContaining(reason) },
      ]),
      after: before,
    };
  }

  it.each(badReleases)(
    'a release with %s is refused, and nothing is half-done',
    async (_, change, pointer, reason) => {
      const answer = await answerTo('/releases', { ...release, ...change });
      expect(answer).toEqual(refusal(pointer, reason));
    },
  );

  it.each(badRollouts)(
    'a rollout with %s is refused, and nothing is half-done',
    async (_, change, pointer, reason) => {
      const answer = await answerTo('/rollouts', {
        componentRef: checkout,
        environmentRef: production,
        releaseId,
        ...change,
      });
      expect(answer).toEqual(refusal(pointer, reason));
    },
  );

  it.each(badRollbacks)(
    'a rollback with %s is refused, and nothing is half-done',
    async (_, change, pointer, reason) => {
      const answer = await answerTo('/rollbacks', {
        componentRef: checkout,
        environmentRef: production,
        ...change,
      });
      expect(answer).toEqual(refusal(pointer, reason));
    },
  );

  it('an unknown action is refused', async () => {
    const answer = await answerTo(`/rollouts/${rolloutId}/explode`, {});
    expect(answer).toEqual(refusal('action', 'pause'));
  });

  it('a source of artifacts that does not answer is no fault of the request, and its address stays in the log', async () => {
    const { status, body } = await calls.post('/releases', {
      ...release,
      artifact: { kind: 'test', spec: { name: 'unreachable' } },
    });
    expect([status, body.detail]).toEqual([
      503,
      'Test artifact could not answer; try again later',
    ]);
    expect(JSON.stringify(body)).not.toContain('10.0.0.7');
    expect(await everything()).toEqual(before);
  });

  it('an unknown rollout is not found', async () => {
    const { status, body } = await calls.post('/rollouts/nowhere/abort', {});
    expect([status, body.detail]).toEqual([
      404,
      "There is no rollout 'nowhere'",
    ]);
  });

  it.each([
    ['/rollouts', 256 * 1024],
    ['/releases', 8 * 1024 * 1024],
  ])(
    'a body of %s larger than %i is refused before it is read',
    async (path, size) => {
      const { status, body } = await calls.post(path, {
        ...release,
        notes: 'x'.repeat(size),
      });
      expect([status, body.title]).toEqual([413, 'The request is too large']);
      expect(await everything()).toEqual(before);
    },
  );

  it.each([
    ['/releases', release, 'sbom'],
    [
      '/approval-requests',
      { title: 'Ledger', approval: { approvers: ['user:default/ben'] } },
      'details',
    ],
  ])(
    'a body of %s that goes down without end is refused',
    async (path, body, field) => {
      const levels = 20_000;
      const endless = `${'{"a":['.repeat(levels)}${']}'.repeat(levels)}`;
      const answer = await request(delivery.server)
        .post(`/api/delivery${path}`)
        .set('Authorization', mockCredentials.user.header('user:default/mock'))
        .set('Content-Type', 'application/json')
        .set('Idempotency-Key', 'endless')
        .send(`${JSON.stringify(body).slice(0, -1)},"${field}":${endless}}`);
      expect([answer.status, answer.body.detail]).toEqual([
        400,
        expect.stringContaining('nested deeper than 100 levels'),
      ]);
    },
  );

  it.each([
    ['/releases?limit=0', 'limit'],
    ['/releases?limit=many', 'limit'],
    ['/releases?colour=red', 'colour'],
    ['/rollouts?componentRef=checkout', 'componentRef'],
    ['/deployments?tier=moon', 'tier'],
    ['/rollouts?cursor=bm9uc2Vuc2U', 'cursor'],
    ['/targets/allowed-actions', 'componentRef'],
    ['/events?after=nonsense', 'after'],
    [`/releases?limit=${'9'.repeat(400)}`, 'limit'],
    [`/rollouts/one/events?afterVersion=${'9'.repeat(400)}`, 'afterVersion'],
  ])('the question %s names the parameter', async (path, pointer) => {
    const { status, body } = await calls.get(path);
    expect(status).toBe(400);
    expect(
      body.errors?.map((error: { pointer: string }) => error.pointer),
    ).toContain(pointer);
  });
});

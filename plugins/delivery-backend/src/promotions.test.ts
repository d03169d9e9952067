import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type {
  Hold,
  Promotion,
  Rollout,
  RolloutApproval,
} from '@slipway/backstage-plugin-delivery-common';
import {
  checkout,
  DeliveryCalls,
  production,
  staging,
} from './__testUtils__/DeliveryCalls';
import { DocumentsFile } from './__testUtils__/documents';
import { organisation } from './__testUtils__/organisation';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(90_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const development = 'resource:default/development';
const strategy = { rolling: {} };

/** Web needs the API, and the API needs the store. */
const chain = ['store', 'api', 'web'];
const ref = (name: string) => `component:default/${name}`;

const chained: Entity[] = chain.map((name, index) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, title: name.toUpperCase() },
  spec: { type: 'service', owner: 'payments', lifecycle: 'production' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/payments' },
    ...(index ? [{ type: 'dependsOn', targetRef: ref(chain[index - 1]) }] : []),
  ],
}));

const approval = (atLeast: number) => ({
  approval: { rules: [{ group: 'group:default/board', atLeast }] },
});

function document(...stages: object[]) {
  return {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'DeliveryPipeline',
    metadata: { name: 'default', title: 'Default' },
    spec: { stages },
  };
}

const dev = (more: object = {}) => ({
  name: 'development',
  environment: development,
  strategy,
  ...more,
});
const stage = (more: object = {}) => ({
  name: 'staging',
  environment: staging,
  strategy,
  ...more,
});
const prod = (more: object = {}) => ({
  name: 'production',
  environment: production,
  strategy,
  ...more,
});

describe.each(databases.eachSupportedId())('promotions on %s', databaseId => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  const calls = new DeliveryCalls(() => delivery.server);

  async function start(...documents: object[]): Promise<DocumentsFile> {
    const file = new DocumentsFile(...documents);
    delivery = await startDelivery(
      await databases.init(databaseId),
      undefined,
      { config: file.config, entities: [...organisation, ...chained] },
    );
    return file;
  }

  afterEach(() => delivery?.backend.stop());

  async function promote(
    items: Array<[component: string, releaseId: string]>,
    more: object = {},
    user = 'ana',
  ): Promise<string> {
    const { body, status } = await calls.post(
      '/promotions',
      {
        items: items.map(([componentRef, releaseId]) => ({
          componentRef,
          releaseId,
        })),
        ...more,
      },
      { user },
    );
    if (status !== 201) throw new Error(`${status}: ${body.detail}`);
    return body.id;
  }

  async function until(
    id: string,
    reached: (promotion: Promotion) => boolean,
  ): Promise<Promotion> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const { body } = await calls.get(`/promotions/${id}`);
      if (reached(body)) return body;
      if (Date.now() > deadline)
        throw new Error(`It stands at ${JSON.stringify(body, undefined, 1)}`);
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
  }

  const ended = (id: string) =>
    until(id, ({ finishedAt }) => finishedAt !== undefined);
  const waits = (id: string, what: Promotion['waitingFor']) =>
    until(id, ({ waitingFor }) => waitingFor === what);
  const statuses = ({ stages }: Promotion) =>
    stages.map(({ status }) => status);

  async function running(
    componentRef: string,
    environmentRef: string,
  ): Promise<string | undefined> {
    const { body } = await calls.get(
      `/deployments?componentRef=${componentRef}&environmentRef=${environmentRef}`,
    );
    return body.items[0]?.release?.version;
  }

  async function approve(rolloutId: string, user: string) {
    const { body } = await calls.get(`/approvals/${rolloutId}`, user);
    return calls.post(
      `/approvals/${rolloutId}/approve`,
      {
        subjectDigest: (body as RolloutApproval).rollout.gates?.subject.digest,
      },
      { user },
    );
  }

  const rolloutsOf = ({ stages }: Promotion, name: string): string[] =>
    stages
      .find(each => each.name === name)
      ?.items.map(({ rolloutId = '' }) => rolloutId) ?? [];

  /** Every component has its rollout in a stage, and they wait for people. */
  const asksFor = (id: string, name: string) =>
    until(
      id,
      promotion =>
        promotion.waitingFor === 'gates' &&
        rolloutsOf(promotion, name).length > 0 &&
        rolloutsOf(promotion, name).every(Boolean),
    );

  async function releases(version: string): Promise<Array<[string, string]>> {
    const pairs: Array<[string, string]> = [];
    for (const name of chain)
      pairs.push([ref(name), await calls.release(version, ref(name))]);
    return pairs;
  }

  it('take a release through every stage, waiting for the people of each', async () => {
    await start(document(dev(), stage(), prod({ gates: [approval(2)] })));
    const id = await promote([[checkout, await calls.release('1.0.0')]], {
      reason: 'Quarter end',
    });
    const waiting = await waits(id, 'gates');
    expect(statuses(waiting)).toEqual(['succeeded', 'succeeded', 'running']);
    expect(await running(checkout, staging)).toBe('1.0.0');
    const [rolloutId] = rolloutsOf(waiting, 'production');
    const { body: rollout } = await calls.get(`/rollouts/${rolloutId}`);
    expect((rollout as Rollout).promotion).toEqual({ id, stage: 'production' });
    expect(rollout.requestedBy).toBe('user:default/ana');

    expect((await approve(rolloutId, 'ana')).status).toBe(403);
    expect((await approve(rolloutId, 'ben')).status).toBe(200);
    expect((await approve(rolloutId, 'eva')).status).toBe(200);
    const done = await ended(id);
    expect(done.phase).toBe('succeeded');
    expect(await running(checkout, production)).toBe('1.0.0');

    // Once more there is nothing to do.
    const again = await calls.post('/promotions', {
      items: done.items.map(({ componentRef, release }) => ({
        componentRef,
        releaseId: release.id,
      })),
    });
    expect(again.status).toBe(409);
    expect(again.body.detail).toContain('production already');
  });

  it('take a set as one unit: together, in order, and all of it before the next stage', async () => {
    await start(document(stage(), prod({ gates: [approval(1)] })));
    const set = await releases('1.0.0');
    // Given in any order.
    const id = await promote([set[2], set[0], set[1]]);
    const waiting = await asksFor(id, 'production');
    expect(waiting.items.map(item => item.componentTitle)).toEqual([
      'STORE',
      'API',
      'WEB',
    ]);
    expect(statuses(waiting)).toEqual(['succeeded', 'running']);
    const [store, api, web] = rolloutsOf(waiting, 'production');

    // Two of three are ready: nothing moves before the third is.
    await approve(store, 'ben');
    await approve(web, 'ben');
    await waits(id, 'gates');
    await new Promise(resolve => {
      setTimeout(resolve, 1500);
    });
    for (const name of chain)
      expect(await running(ref(name), production)).toBeUndefined();
    await approve(api, 'ben');
    const done = await ended(id);
    expect(done.phase).toBe('succeeded');
    const begun = await Promise.all(
      [store, api, web].map(async rolloutId => {
        const { body } = await calls.get(`/rollouts/${rolloutId}`);
        return body as Rollout;
      }),
    );
    // Each begins when the one that it needs is through.
    expect(
      Date.parse(begun[1].steps[0].startedAt ?? ''),
    ).toBeGreaterThanOrEqual(Date.parse(begun[0].finishedAt ?? ''));
    expect(
      Date.parse(begun[2].steps[0].startedAt ?? ''),
    ).toBeGreaterThanOrEqual(Date.parse(begun[1].finishedAt ?? ''));
  });

  it('take everything back that moved in a stage when the second of three fails there', async () => {
    await start(document(stage(), prod()));
    expect((await ended(await promote(await releases('1.0.0')))).phase).toBe(
      'succeeded',
    );
    delivery.runtime.ill.add('software-2.0.0');
    const set = await releases('2.0.0');
    // The first and the last are other software that is well.
    const other = async (name: string) =>
      (
        await calls.post('/releases', {
          componentRef: ref(name),
          version: '2.0.1',
          artifact: { kind: 'test', spec: { name: `well-${name}` } },
        })
      ).body.id;
    const id = await promote([
      [ref('store'), await other('store')],
      set[1],
      [ref('web'), await other('web')],
    ]);
    const done = await ended(id);
    expect(done.phase).toBe('failed');
    expect(statuses(done)).toEqual(['rolledBack', 'cancelled']);
    expect(done.stages[0].items.map(({ status }) => status)).toEqual([
      'rolledBack',
      'failed',
      'rolledBack',
    ]);
    expect(done.message).toContain('API');
    for (const name of chain) {
      expect(await running(ref(name), staging)).toBe('1.0.0');
      expect(await running(ref(name), production)).toBe('1.0.0');
    }
    // What went back has not been through, wherever it is promoted next.
    const { body: plan } = await calls.post('/promotions/plan', {
      items: [
        {
          componentRef: ref('store'),
          releaseId: done.items.find(
            ({ componentRef }) => componentRef === ref('store'),
          )?.release.id,
        },
      ],
    });
    expect(plan.stages.map(({ runs }: { runs: string[] }) => runs)).toEqual([
      [],
      [],
    ]);
    // The one that had moved went back by a rollback, the one that waited never began.
    expect(done.stages[0].items[0].rollbackId).toBeDefined();
    const { body: web } = await calls.get(
      `/rollouts/${done.stages[0].items[2].rolloutId}`,
    );
    expect(web.phase).toBe('aborted');
    expect(web.steps[0].status).toBe('pending');
  });

  it('wait for a person where a stage says so, who tries again or goes on', async () => {
    await start(document(stage({ onFailure: 'hold' }), prod()));
    await calls.rollOut(await calls.release('1.0.0'), {
      environmentRef: staging,
      strategy,
    });
    delivery.runtime.ill.add('software-2.0.0');
    const id = await promote([[checkout, await calls.release('2.0.0')]]);
    const waiting = await waits(id, 'person');
    expect(statuses(waiting)).toEqual(['waiting', 'pending']);
    expect(waiting.allowedActions.retry).toEqual({ allowed: true });
    expect(waiting.allowedActions.continue).toEqual({ allowed: true });

    delivery.runtime.ill.clear();
    const retried = await calls.post(
      `/promotions/${id}/retry`,
      { reason: 'The database is back' },
      { 'If-Match': `"${waiting.version}"` },
    );
    expect(retried.status).toBe(200);
    const done = await ended(id);
    expect(done.phase).toBe('succeeded');
    expect(await running(checkout, production)).toBe('2.0.0');
    const late = await calls.post(`/promotions/${id}/abort`, {});
    expect(late.status).toBe(409);
  });

  it('end when somebody aborts them, with what waits and what runs', async () => {
    await start(document(stage(), prod({ gates: [approval(1)] })));
    const id = await promote(await releases('1.0.0'));
    const waiting = await asksFor(id, 'production');
    const { status } = await calls.post(`/promotions/${id}/abort`, {
      reason: 'Not today',
    });
    expect(status).toBe(200);
    const done = await ended(id);
    expect(done.phase).toBe('aborted');
    expect(done.message).toContain('Not today');
    // Staging was through and stays.
    expect(await running(ref('api'), staging)).toBe('1.0.0');
    for (const rolloutId of rolloutsOf(waiting, 'production')) {
      const { body } = await calls.get(`/rollouts/${rolloutId}`);
      expect(body.phase).toBe('aborted');
    }
  });

  it('stop where the pipeline has changed since they began', async () => {
    const file = await start(document(stage({ gates: [approval(1)] }), prod()));
    const id = await promote([[checkout, await calls.release('1.0.0')]]);
    const waiting = await asksFor(id, 'staging');
    file.write(document(stage(), prod()));
    for (;;) {
      await delivery.readDocuments();
      const { body } = await calls.get('/pipelines');
      if (body.items[0].digest !== waiting.pipeline.digest) break;
    }
    // Whoever votes learns of it. The gate is gone, so staging goes on; production would go by another document.
    const vote = await approve(rolloutsOf(waiting, 'staging')[0], 'ben');
    expect(vote.status).toBe(409);
    const done = await ended(id);
    expect(done.phase).toBe('failed');
    expect(done.message).toContain('pipeline has changed');
    expect(await running(checkout, staging)).toBe('1.0.0');
    expect(await running(checkout, production)).toBeUndefined();
  });

  it('fail a stage that takes longer than it may', async () => {
    await start(
      document(stage({ gates: [approval(1)], timeout: '1s' }), prod()),
    );
    const id = await promote([[checkout, await calls.release('1.0.0')]]);
    const done = await ended(id);
    expect(done.phase).toBe('failed');
    expect(done.message).toContain('longer than the stage allows');
    expect(await running(checkout, staging)).toBeUndefined();
  });

  it('verify in every stage that asks for it, whatever asked for the rollout', async () => {
    const verification = {
      metrics: [
        {
          name: 'errors',
          successCondition: 'result < 1',
          provider: { test: {} },
        },
      ],
    };
    await start(document(stage({ verification }), prod()));
    const first = await calls.release('1.0.0');
    expect((await ended(await promote([[checkout, first]]))).phase).toBe(
      'succeeded',
    );
    delivery.provider.value = { result: 5, value: 5 };
    const second = await calls.release('2.0.0');
    const direct = await calls.rollOut(second, { environmentRef: staging });
    expect(direct.phase).toBe('rolledBack');
    expect(direct.message).toContain('errors');
    expect(await running(checkout, staging)).toBe('1.0.0');
    const failed = await ended(await promote([[checkout, second]]));
    expect(failed.phase).toBe('failed');
    expect(await running(checkout, production)).toBe('1.0.0');
  });

  describe('by themselves', () => {
    const automatic = async (componentRef = checkout): Promise<Promotion[]> => {
      await delivery.promoteNow();
      const { body } = await calls.get(
        `/promotions?componentRef=${componentRef}`,
      );
      return body.items;
    };

    it('begin with a recorded release, go as far as stages want it, and not twice', async () => {
      await start(
        document(
          dev({ autoPromote: true }),
          stage({ autoPromote: true }),
          prod(),
        ),
      );
      await calls.release('1.0.0');
      const [first, ...others] = await automatic();
      expect(others).toEqual([]);
      expect(first.trigger).toBe('automation');
      expect(first.stages.map(({ name }) => name)).toEqual([
        'development',
        'staging',
      ]);
      expect((await ended(first.id)).phase).toBe('succeeded');
      expect(await automatic()).toHaveLength(1);
      expect(await running(checkout, staging)).toBe('1.0.0');
      expect(await running(checkout, production)).toBeUndefined();
    });

    it('follow a rollout that somebody made by hand', async () => {
      await start(document(dev(), stage({ autoPromote: true }), prod()));
      await calls.rollOut(await calls.release('1.0.0'), {
        environmentRef: development,
        strategy,
      });
      const [first] = await automatic();
      expect(first.stages.map(({ name }) => name)).toEqual(['staging']);
      expect((await ended(first.id)).phase).toBe('succeeded');
    });

    it('are held where somebody rolled back, until the hold is released', async () => {
      await start(document(stage({ autoPromote: true }), prod()));
      for (const version of ['1.0.0', '1.1.0']) {
        await calls.release(version);
        const [newest] = await automatic();
        expect((await ended(newest.id)).phase).toBe('succeeded');
      }
      const back = await calls.post('/rollbacks', {
        componentRef: checkout,
        environmentRef: staging,
        reason: 'Wrong totals',
      });
      expect(back.status).toBe(201);
      await calls.ended(back.body.id);
      expect(await running(checkout, staging)).toBe('1.0.0');

      await calls.release('1.2.0');
      const [held] = await automatic();
      const waiting = await waits(held.id, 'hold');
      expect(waiting.stages[0].message).toContain('Wrong totals');
      const { body: holds } = await calls.get(
        `/holds?componentRef=${checkout}`,
      );
      const [hold] = holds.items as Hold[];
      expect(hold).toMatchObject({ cause: 'rollback', active: true });
      expect(await running(checkout, staging)).toBe('1.0.0');

      const released = await calls.post(`/holds/${hold.id}/release`, {
        reason: 'Totals are right again',
      });
      expect(released.body).toMatchObject({
        active: false,
        released: { reason: 'Totals are right again' },
      });
      expect((await ended(held.id)).phase).toBe('succeeded');
      expect(await running(checkout, staging)).toBe('1.2.0');
      const twice = await calls.post(`/holds/${hold.id}/release`, {
        reason: 'Totals are right again and again',
      });
      expect(twice.status).toBe(409);
    });

    it('end when a newer release goes the same way', async () => {
      await start(
        document(stage({ autoPromote: true, gates: [approval(1)] }), prod()),
      );
      await calls.release('1.0.0');
      const [first] = await automatic();
      const waiting = await waits(first.id, 'gates');
      await calls.release('1.1.0');
      const [second] = await automatic();
      expect(second.id).not.toBe(first.id);
      const done = await ended(first.id);
      expect(done).toMatchObject({
        phase: 'aborted',
        message: 'Superseded by 1.1.0',
      });
      const [rolloutId] = rolloutsOf(waiting, 'staging');
      expect((await calls.ended(rolloutId)).phase).toBe('aborted');
    });

    it('leave a pinned target alone', async () => {
      await start(document(stage({ autoPromote: true }), prod()));
      const pinned = await calls.post('/holds', {
        componentRef: checkout,
        environmentRef: staging,
        reason: 'Load test until Friday',
      });
      expect(pinned.status).toBe(201);
      const twice = await calls.post('/holds', {
        componentRef: checkout,
        environmentRef: staging,
        reason: 'Me too',
      });
      expect(twice.status).toBe(409);
      const release = await calls.release('1.0.0');
      const [held] = await automatic();
      await waits(held.id, 'hold');
      // A person may go there all the same.
      const id = await promote([[checkout, release]], { toStage: 'staging' });
      expect((await ended(id)).phase).toBe('succeeded');
    });
  });

  it('say by field what cannot be promoted, or not together', async () => {
    await start(document(stage(), prod()), {
      ...document({ name: 'only', environment: staging }),
      metadata: { name: 'other', title: 'Other' },
      spec: {
        appliesTo: { components: [ref('web')] },
        stages: [{ name: 'only', environment: staging }],
      },
    });
    const release = await calls.release('1.0.0');
    const rejected = await calls.release('1.1.0');
    await calls.post(`/releases/${rejected}/reject`, { reason: 'Leaks' });
    const web = await calls.release('1.0.0', ref('web'));
    const refused = async (body: object) => {
      const { status, body: answer } = await calls.post('/promotions', body);
      return { status, errors: answer.errors };
    };
    const item = (componentRef: string, releaseId: string) => ({
      componentRef,
      releaseId,
    });
    expect(
      await refused({ items: [item(checkout, release)], toStage: 'moon' }),
    ).toMatchObject({ status: 400, errors: [{ pointer: '/toStage' }] });
    expect(
      await refused({
        items: [item(checkout, release), item(checkout, release)],
      }),
    ).toMatchObject({
      status: 400,
      errors: [{ pointer: '/items/1/componentRef' }],
    });
    expect(await refused({ items: [item(checkout, rejected)] })).toMatchObject({
      status: 400,
      errors: [
        {
          pointer: '/items/0/releaseId',
          detail: expect.stringContaining('Leaks'),
        },
      ],
    });
    expect(
      await refused({
        items: [item(checkout, release), item(ref('web'), web)],
      }),
    ).toMatchObject({
      status: 400,
      errors: [
        {
          pointer: '/items/1/componentRef',
          detail: expect.stringContaining('pipeline Other'),
        },
      ],
    });
    const { body: plan } = await calls.post('/promotions/plan', {
      items: [item(checkout, release)],
      toStage: 'staging',
    });
    expect(plan.stages).toMatchObject([
      { name: 'staging', onFailure: 'rollback', runs: [] },
    ]);
  });

  it('begin once for each idempotency key', async () => {
    await start(document(stage(), prod({ gates: [approval(1)] })));
    const items = [
      { componentRef: checkout, releaseId: await calls.release('1.0.0') },
    ];
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        calls.post('/promotions', { items }, { 'Idempotency-Key': 'once' }),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const { body } = await calls.get('/promotions');
    expect(body.page.totalItems).toBe(1);
  });
});

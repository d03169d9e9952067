import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  Gate,
  RolloutApproval,
  StagePreview,
} from '@slipway/backstage-plugin-delivery-common';
import {
  checkout,
  DeliveryCalls,
  production,
  staging,
} from './__testUtils__/DeliveryCalls';
import {
  DocumentsFile,
  pipeline,
  window,
  withFirstStage,
} from './__testUtils__/documents';
import { organisation } from './__testUtils__/organisation';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(90_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const atOnce = { strategy: { rolling: {} } };

const fewErrors: Gate = {
  analysis: {
    name: 'Few errors',
    metrics: [
      {
        name: 'errors',
        provider: { test: {} },
        successCondition: 'result < 0.01',
      },
    ],
  },
};

const never: Gate = {
  policy: {
    rules: [
      {
        name: 'never',
        expression: 'release.version == "0.0.0"',
        message: 'Never',
      },
    ],
  },
};

const voidedByPipeline = {
  reason: expect.stringContaining('pipeline'),
  votes: [{ by: 'user:default/eva' }],
};

function twoOf(name: string, more: object = {}): Gate {
  return {
    approval: {
      rules: [{ group: `group:default/${name}`, atLeast: 2 }],
      ...more,
    },
  };
}

describe.each(databases.eachSupportedId())('gates on %s', databaseId => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  const calls = new DeliveryCalls(() => delivery.server);

  async function start(...documents: object[]): Promise<DocumentsFile> {
    const file = new DocumentsFile(...documents);
    delivery = await startDelivery(
      await databases.init(databaseId),
      undefined,
      { config: file.config, entities: organisation },
    );
    return file;
  }

  afterEach(() => delivery?.backend.stop());

  async function eventually(check: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + 20_000;
    for (;;)
      try {
        await check();
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await new Promise(resolve => {
          setTimeout(resolve, 50);
        });
      }
  }

  /** A rollout to production that Ana asks for. */
  async function asked(version = '1.0.0'): Promise<string> {
    const { body } = await calls.post(
      '/rollouts',
      {
        componentRef: checkout,
        environmentRef: production,
        releaseId: await calls.release(version),
        ...atOnce,
      },
      { user: 'ana' },
    );
    return body.id;
  }

  async function approvalOf(
    id: string,
    user = 'ana',
  ): Promise<RolloutApproval> {
    return (await calls.get(`/approvals/${id}`, user)).body;
  }

  async function decide(
    id: string,
    user: string,
    decision = 'approve',
    more: object = {},
  ) {
    const { rollout } = await approvalOf(id, user);
    return calls.post(
      `/approvals/${id}/${decision}`,
      { subjectDigest: rollout.gates?.subject.digest, ...more },
      { user },
    );
  }

  const inbox = async (user: string): Promise<string[]> =>
    (await calls.get('/approvals?view=waitingForMe', user)).body.items.map(
      ({ id }: RolloutApproval) => id,
    );

  it('hold a rollout until two people agree, who find it in their inbox', async () => {
    await start(pipeline({ production: [twoOf('managers')] }));
    const id = await asked();
    const { rollout, allowedActions } = await approvalOf(id);
    expect(rollout).toMatchObject({ phase: 'held', waitingFor: 'gates' });
    expect(allowedActions.approve).toEqual({
      allowed: false,
      reason: expect.stringContaining('group:default/managers'),
    });
    expect(await inbox('eva')).toEqual([id]);
    expect(await inbox('chloe')).toEqual([]);
    expect(delivery.runtime.applied).toEqual([]);

    expect((await decide(id, 'eva')).status).toBe(200);
    expect(await inbox('eva')).toEqual([]);
    expect(await inbox('ben')).toEqual([id]);
    const twice = await decide(id, 'eva');
    expect([twice.status, twice.body.detail]).toEqual([
      409,
      expect.stringContaining('voted already'),
    ]);
    expect((await decide(id, 'chloe')).status).toBe(403);
    expect((await approvalOf(id)).rollout.phase).toBe('held');

    expect((await decide(id, 'ben', 'approve', { comment: 'Go' })).status).toBe(
      200,
    );
    expect((await calls.ended(id)).phase).toBe('succeeded');
    const { state } = await approvalOf(id);
    expect(state).toBe('approved');
  });

  it('count people of groups below a group, and nobody who asked or wrote it', async () => {
    await start(pipeline({ production: [twoOf('board')] }));
    const { body: release } = await calls.post('/releases', {
      componentRef: checkout,
      version: '1.0.0',
      artifact: { kind: 'test', spec: { name: 'software' } },
      provenance: { authors: ['user:default/farid'] },
    });
    const { body } = await calls.post(
      '/rollouts',
      {
        componentRef: checkout,
        environmentRef: production,
        releaseId: release.id,
        ...atOnce,
      },
      { user: 'eva' },
    );
    const own = await decide(body.id, 'eva');
    expect([own.status, own.body.detail]).toEqual([
      403,
      expect.stringContaining('asks for'),
    ]);
    const author = await decide(body.id, 'farid');
    expect([author.status, author.body.detail]).toEqual([
      403,
      expect.stringContaining('Authors'),
    ]);
    expect((await decide(body.id, 'ben')).status).toBe(200);
    expect((await approvalOf(body.id)).rollout.phase).toBe('held');
  });

  it('end with a rejection, which says why', async () => {
    await start(pipeline({ production: [twoOf('managers')] }));
    const id = await asked();
    expect((await decide(id, 'ben', 'reject')).status).toBe(400);
    await decide(id, 'ben', 'reject', { comment: 'Not before the audit' });
    const rollout = await calls.ended(id);
    expect([rollout.phase, rollout.message]).toEqual([
      'aborted',
      expect.stringContaining('Not before the audit'),
    ]);
    expect((await decide(id, 'eva')).status).toBe(409);
    expect(delivery.runtime.applied).toEqual([]);
  });

  it('let people take their vote back before it is decided', async () => {
    await start(pipeline({ production: [twoOf('managers')] }));
    const id = await asked();
    await decide(id, 'eva');
    expect((await decide(id, 'eva', 'withdraw')).status).toBe(200);
    await decide(id, 'ben');
    expect((await approvalOf(id)).rollout.phase).toBe('held');
    expect(await inbox('eva')).toEqual([id]);
  });

  it('end when nobody agrees in time', async () => {
    await start(
      pipeline({ production: [twoOf('managers', { expiresAfter: '2s' })] }),
    );
    const id = await asked();
    await decide(id, 'eva');
    const rollout = await calls.ended(id);
    expect([rollout.phase, rollout.gates?.status]).toEqual([
      'aborted',
      'expired',
    ]);
    expect((await decide(id, 'ben')).status).toBe(409);
  });

  it('take a vote by a deputy for whom they stand in, once', async () => {
    await start(pipeline({ production: [twoOf('managers')] }));
    await calls.post(
      '/delegations',
      {
        to: 'user:default/chloe',
        until: new Date(Date.now() + 60_000).toISOString(),
      },
      { user: 'eva' },
    );
    const id = await asked();
    expect(await inbox('chloe')).toEqual([id]);
    const other = { onBehalfOf: 'user:default/ben' };
    expect((await decide(id, 'chloe', 'approve', other)).status).toBe(400);
    const deputy = { onBehalfOf: 'user:default/eva' };
    expect((await decide(id, 'chloe', 'approve', deputy)).status).toBe(200);
    expect((await decide(id, 'eva')).status).toBe(409);
    await decide(id, 'ben');
    expect((await calls.ended(id)).phase).toBe('succeeded');
  });

  it('make approvals void when the pipeline changes under them, and say why', async () => {
    const file = await start(pipeline({ production: [twoOf('managers')] }));
    const id = await asked();
    await decide(id, 'eva');
    const before = (await approvalOf(id)).rollout.gates?.subject.digest;
    file.write(
      pipeline({ production: [twoOf('managers', { requireComment: true })] }),
    );
    await eventually(async () => {
      await delivery.readDocuments();
      const { body } = await calls.get('/pipelines');
      expect(JSON.stringify(body.items)).toContain('requireComment');
    });
    const late = await calls.post(
      `/approvals/${id}/approve`,
      { subjectDigest: before },
      { user: 'ben' },
    );
    expect([late.status, late.body.detail]).toEqual([
      409,
      expect.stringMatching(/pipeline changed|no longer what is asked for/),
    ]);
    const { rollout } = await approvalOf(id);
    expect(rollout.gates?.voided).toMatchObject([voidedByPipeline]);
    for (const user of ['eva', 'ben'])
      await decide(id, user, 'approve', { comment: 'Still good' });
    expect((await calls.ended(id)).phase).toBe('succeeded');
  });

  it('make approvals void by themselves, before anybody votes in vain', async () => {
    const file = await start(pipeline({ production: [twoOf('managers')] }));
    const id = await asked();
    await decide(id, 'eva');
    file.write(pipeline({ production: [twoOf('managers'), never] }));
    await eventually(async () => {
      await delivery.readDocuments();
      const { rollout } = await approvalOf(id);
      expect(rollout.gates?.voided).toMatchObject([voidedByPipeline]);
      expect(
        rollout.gates?.items.map(({ kind, status }) => [kind, status]),
      ).toEqual([
        ['approval', 'waiting'],
        ['policy', 'failed'],
      ]);
    });
  });

  it('of two people who vote in the same moment take both votes, and begin once', async () => {
    await start(pipeline({ production: [twoOf('managers')] }));
    for (let round = 0; round < 5; round++) {
      const id = await asked(`1.${round}.0`);
      const { rollout } = await approvalOf(id);
      const vote = { subjectDigest: rollout.gates?.subject.digest };
      const answers = await Promise.all(
        ['eva', 'ben'].map(user =>
          calls.post(`/approvals/${id}/approve`, vote, { user }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      await calls.ended(id);
      const { body } = await calls.get(`/rollouts/${id}/events`);
      const of = (type: string) =>
        body.items.filter((event: { type: string }) => event.type === type);
      expect(of('gates.voted')).toHaveLength(2);
      expect(of('gates.passed')).toHaveLength(1);
      expect(of('rollout.begun')).toHaveLength(1);
    }
  });

  it('are passed by break-glass, with a reason, and somebody else has to look at it', async () => {
    await start(
      pipeline({ production: [twoOf('managers')] }),
      window('deny', true),
    );
    const id = await asked();
    const silent = await calls.post(`/rollouts/${id}/breakGlass`, {});
    expect(silent.status).toBe(400);
    await calls.post(
      `/rollouts/${id}/breakGlass`,
      { reason: 'Payments are down' },
      { user: 'eva' },
    );
    const rollout = await calls.ended(id);
    expect([rollout.phase, rollout.gates?.breakGlass]).toEqual([
      'succeeded',
      expect.objectContaining({
        by: 'user:default/eva',
        reason: 'Payments are down',
      }),
    ]);
    expect(rollout.gates?.items.map(({ status }) => status)).toEqual([
      'overridden',
      'overridden',
    ]);
    const reviews = async () =>
      (await calls.get('/approvals?view=reviews')).body.page.totalItems;
    expect(await reviews()).toBe(1);
    const review = { reason: 'It was right' };
    const path = `/rollouts/${id}/review`;
    expect((await calls.post(path, review, { user: 'eva' })).status).toBe(403);
    expect((await calls.post(path, review, { user: 'ben' })).status).toBe(200);
    expect((await calls.post(path, review, { user: 'farid' })).status).toBe(
      409,
    );
    expect(await reviews()).toBe(0);
    expect((await calls.get(`/rollouts/${id}`)).body.gates.breakGlass).toEqual(
      expect.objectContaining({
        review: expect.objectContaining({ by: 'user:default/ben' }),
      }),
    );
  });

  it('do not keep others from an environment, and wait for whoever is there', async () => {
    await start(pipeline({ production: [twoOf('managers')] }));
    const waiting = await asked('1.0.0');
    const urgent = await asked('1.0.1');
    for (const user of ['eva', 'ben']) await decide(urgent, user);
    expect((await calls.ended(urgent)).phase).toBe('succeeded');
    for (const user of ['eva', 'ben']) await decide(waiting, user);
    const rollout = await calls.ended(waiting);
    expect([rollout.phase, rollout.previousRelease?.version]).toEqual([
      'succeeded',
      '1.0.1',
    ]);
  });

  it('stay with the rollout over a restart', async () => {
    const file = new DocumentsFile(
      pipeline({ production: [twoOf('managers')] }),
    );
    const knex = await databases.init(databaseId);
    const options = { config: file.config, entities: organisation };
    delivery = await startDelivery(knex, undefined, options);
    const id = await asked();
    await decide(id, 'eva');
    await delivery.backend.stop();
    delivery = await startDelivery(knex, undefined, options);
    await decide(id, 'ben');
    expect((await calls.ended(id)).phase).toBe('succeeded');
  });

  const closed: Record<string, object[]> = {
    approval: [pipeline({ production: [twoOf('managers')] })],
    soak: [pipeline({ production: [{ soak: { duration: '1h' } }] })],
    analysis: [
      pipeline({
        production: [fewErrors],
      }),
    ],
    policy: [
      pipeline({
        production: [never],
      }),
    ],
    freeze: [pipeline({}), window('deny', true)],
    'closed window': [pipeline({}), window('allow', false)],
  };

  const doors: Record<string, () => Promise<string>> = {
    'a rollout': () => asked(),
    'a rollback to what never ran there': async () => {
      const { body } = await calls.post('/rollbacks', {
        componentRef: checkout,
        environmentRef: production,
        toReleaseId: await calls.release('1.0.0'),
      });
      return body.id;
    },
    'the retry of a rollout': async () => {
      const id = await asked();
      await calls.post(`/rollouts/${id}/abort`, {});
      await calls.ended(id);
      return (await calls.post(`/rollouts/${id}/retry`, {})).body.id;
    },
  };

  it.each(
    Object.keys(closed).flatMap(gate =>
      Object.keys(doors).map(door => [gate, door]),
    ),
  )('a closed gate (%s) holds %s', async (gate, door) => {
    await start(...closed[gate]);
    const id = await doors[door]();
    await new Promise(resolve => {
      setTimeout(resolve, 300);
    });
    const { body } = await calls.get(`/rollouts/${id}`);
    expect(body).toMatchObject({ phase: 'held' });
    expect(body.message).not.toBe('');
    expect(delivery.runtime.applied).toEqual([]);
    // What leads nowhere near the gate is as open as ever.
    await calls.rollOut(body.release.id, {
      environmentRef: staging,
      ...atOnce,
    });
  });

  it('open by themselves when what they wait for has come about', async () => {
    await start(pipeline({ production: [{ soak: { duration: '2s' } }] }));
    const id = await asked();
    const { release, message } = (await calls.get(`/rollouts/${id}`)).body;
    expect(message).toContain('has not run in');
    const { body } = await calls.get(
      `/pipelines/preview?componentRef=${checkout}&releaseId=${release.id}`,
    );
    expect(
      body.stages.map((stage: { verdict: string }) => stage.verdict),
    ).toEqual(['ready', 'held']);
    await calls.rollOut(release.id, { environmentRef: staging, ...atOnce });
    expect((await calls.ended(id)).phase).toBe('succeeded');
  });

  it('are not all: a stage that promotes by itself waits for the release of its hold, as the preview says', async () => {
    const document = withFirstStage(pipeline({}), { autoPromote: true });
    await start(document);
    const target = { componentRef: checkout, environmentRef: staging };
    const { body: hold } = await calls.post('/holds', {
      ...target,
      reason: 'The audit is under way',
    });
    await calls.release('1.0.0');
    const stages = async (): Promise<StagePreview[]> =>
      (await calls.get(`/pipelines/preview?componentRef=${checkout}`)).body
        .stages;
    const [first, second] = await stages();
    expect([first.verdict, first.message, second.verdict]).toEqual([
      'held',
      'Automatic promotion is held by user:default/mock: “The audit is under way”. Release the hold, or roll it out yourself',
      'ready',
    ]);
    await calls.post(`/holds/${hold.id}/release`, { reason: 'It is over' });
    const [after] = await stages();
    expect(after).toMatchObject({ verdict: 'ready' });
  });

  it('are looked at for as long as it takes, and nothing is written while nothing changes', async () => {
    const gated = pipeline({
      production: [
        {
          policy: {
            rules: [
              {
                name: 'fresh',
                expression: 'release.ageHours < 100.0',
                message: 'It is stale',
              },
            ],
          },
        },
      ],
    });
    const file = await start(gated, window('deny', true));
    const id = await asked();
    const version = async () =>
      (await calls.get(`/rollouts/${id}`)).body.version;
    const pause = (ms: number) =>
      new Promise(resolve => {
        setTimeout(resolve, ms);
      });
    await pause(3000);
    const before = await version();
    // Time for two looks at least.
    await pause(5000);
    expect(await version()).toBe(before);
    file.write(gated);
    await eventually(async () => {
      await delivery.readDocuments();
      expect((await calls.get(`/rollouts/${id}`)).body.phase).toBe('succeeded');
    });
  });

  it('measure the release in the stages before, and once more at the moment of acting', async () => {
    await start(
      pipeline({
        production: [fewErrors, twoOf('managers')],
      }),
    );
    const id = await asked();
    const gate = async () =>
      (await approvalOf(id)).rollout.gates?.items.find(
        ({ kind }) => kind === 'analysis',
      );
    expect(await gate()).toMatchObject({
      name: 'Few errors',
      status: 'waiting',
      message: 'The release has not run in staging',
    });
    const { release } = (await calls.get(`/rollouts/${id}`)).body;
    delivery.provider.value = { result: 0.2, value: 0.2 };
    await calls.rollOut(release.id, { environmentRef: staging, ...atOnce });
    await eventually(async () =>
      expect(await gate()).toMatchObject({
        status: 'failed',
        message: 'errors in staging: 0.2',
        metrics: [
          {
            name: 'errors',
            measurement: { verdict: 'failed', value: 0.2 },
          },
        ],
      }),
    );
    delivery.provider.value = {
      result: 0.001,
      value: 0.001,
      message: '1 of 1000 requests failed',
    };
    await eventually(async () => expect((await gate())?.status).toBe('passed'));
    await decide(id, 'eva');
    // Between the last look and the last vote it has become bad again.
    delivery.provider.value = { result: 0.3, value: 0.3 };
    await decide(id, 'ben');
    await eventually(async () => expect((await gate())?.status).toBe('failed'));
    expect((await approvalOf(id)).rollout.phase).toBe('held');
    delivery.provider.value = { result: 0, value: 0 };
    expect((await calls.ended(id)).phase).toBe('succeeded');
  });

  it('a provider that does not answer holds, and says so', async () => {
    await start(
      pipeline({
        production: [fewErrors],
      }),
    );
    delivery.provider.measure = async () => {
      throw new Error('connection refused');
    };
    const releaseId = await calls.release('1.0.0');
    await calls.rollOut(releaseId, { environmentRef: staging, ...atOnce });
    const id = await calls.start(releaseId, {
      environmentRef: production,
      ...atOnce,
    });
    expect((await calls.get(`/rollouts/${id}`)).body).toMatchObject({
      phase: 'held',
      message: 'errors could not be measured in staging',
      gates: {
        items: [
          {
            metrics: [
              {
                measurement: {
                  verdict: 'error',
                  message: 'connection refused',
                },
              },
            ],
          },
        ],
      },
    });
  });
});

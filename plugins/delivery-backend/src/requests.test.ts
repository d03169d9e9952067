import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { RequestApproval } from '@slipway/backstage-plugin-delivery-common';
import { checkout, DeliveryCalls } from './__testUtils__/DeliveryCalls';
import { organisation } from './__testUtils__/organisation';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const twoManagers = {
  rules: [{ group: 'group:default/managers', atLeast: 2 }],
};

describe.each(databases.eachSupportedId())('requests on %s', databaseId => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  const calls = new DeliveryCalls(() => delivery.server);

  beforeAll(async () => {
    delivery = await startDelivery(
      await databases.init(databaseId),
      undefined,
      { entities: organisation },
    );
  });
  afterAll(() => delivery?.backend.stop());

  async function asked(more: object = {}, user = 'ana'): Promise<string> {
    const { body, status } = await calls.post(
      '/approval-requests',
      { title: 'Read the ledger', approval: twoManagers, ...more },
      { user },
    );
    expect([status, body.detail]).toEqual([201, undefined]);
    return body.id;
  }

  async function seen(id: string, user = 'ana'): Promise<RequestApproval> {
    return (await calls.get(`/approval-requests/${id}`, user)).body;
  }

  async function decide(
    id: string,
    user: string,
    decision = 'approve',
    more: object = {},
  ) {
    const { request } = await seen(id, user);
    const { body, status } = await calls.post(
      `/approvals/${id}/${decision}`,
      { subjectDigest: request.subjectDigest, ...more },
      { user },
    );
    return [status, body.detail];
  }

  async function inbox(user: string): Promise<string[]> {
    const { body } = await calls.get('/approvals?view=waitingForMe', user);
    return body.items.map(({ id }: RequestApproval) => id);
  }

  it.each<[string, object, string, string]>([
    [
      'a group that there is not',
      { rules: [{ group: 'group:default/nobody', atLeast: 1 }] },
      '/approval/rules/0/group',
      'the catalog has no group group:default/nobody',
    ],
    [
      'more people than there are beside who asks',
      { rules: [{ group: 'group:default/managers', atLeast: 50 }] },
      '/approval/rules/0/atLeast',
      'can never be met',
    ],
    [
      'who asks',
      { approvers: ['user:default/ana'] },
      '/approval/approvers/0',
      'user:default/ana asks, and may not agree as well',
    ],
  ])('are refused when they ask %s', async (_, approval, pointer, detail) => {
    const { body, status } = await calls.post(
      '/approval-requests',
      { title: 'Read the ledger', approval },
      { user: 'ana' },
    );
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { pointer, detail: expect.stringContaining(detail) },
    ]);
  });

  it('are found in the inbox of whoever may agree, and approved when enough do', async () => {
    const id = await asked({
      description: 'For **the auditor**',
      link: 'https://tickets.example/1',
      details: { rows: 12 },
    });
    expect(await inbox('ben')).toContain(id);
    expect(await inbox('chloe')).not.toContain(id);
    expect(await inbox('ana')).not.toContain(id);
    expect(await decide(id, 'ben')).toEqual([200, undefined]);
    expect(await inbox('ben')).not.toContain(id);
    expect(await decide(id, 'ben')).toEqual([
      409,
      expect.stringContaining('voted already'),
    ]);
    expect((await seen(id)).state).toBe('pending');
    expect(await decide(id, 'eva')).toEqual([200, undefined]);
    expect(await seen(id)).toMatchObject({
      kind: 'request',
      state: 'approved',
      request: {
        requestedBy: 'user:default/ana',
        details: { rows: 12 },
        decidedAt: expect.any(String),
        gate: { status: 'passed' },
      },
    });
    expect(await decide(id, 'farid')).toEqual([
      409,
      'This was decided already: approved',
    ]);
  });

  it('are not approved by whoever asked, unless they say so', async () => {
    const one = { rules: [{ group: 'group:default/managers', atLeast: 1 }] };
    const id = await asked({ approval: one }, 'ben');
    expect(await decide(id, 'ben')).toEqual([
      403,
      'Whoever asks for this may not approve it',
    ]);
    const own = await asked(
      { approval: { ...one, excludeRequester: false } },
      'ben',
    );
    expect(await decide(own, 'ben')).toEqual([200, undefined]);
    expect((await seen(own)).state).toBe('approved');
  });

  it('end when somebody rejects them, who says why', async () => {
    const id = await asked();
    expect(await decide(id, 'ben', 'reject')).toEqual([
      400,
      'Say why in a comment',
    ]);
    expect(await decide(id, 'ben', 'reject', { comment: 'Too early' })).toEqual(
      [200, undefined],
    );
    expect(await seen(id)).toMatchObject({
      state: 'rejected',
      request: { gate: { approval: { votes: [{ comment: 'Too early' }] } } },
    });
  });

  it('are good for what was shown only', async () => {
    const id = await asked();
    const other = await seen(await asked({ title: 'Delete the ledger' }));
    const { status } = await calls.post(
      `/approvals/${id}/approve`,
      { subjectDigest: other.request.subjectDigest },
      { user: 'ben' },
    );
    expect(status).toBe(409);
    expect((await seen(id)).request.gate.approval?.votes).toEqual([]);
  });

  it('expire', async () => {
    const id = await asked({
      approval: { ...twoManagers, expiresAfter: '1s' },
    });
    const deadline = Date.now() + 20_000;
    while ((await seen(id)).state === 'pending' && Date.now() < deadline)
      await new Promise(resolve => {
        setTimeout(resolve, 100);
      });
    expect((await seen(id)).state).toBe('expired');
  });

  it('are withdrawn by whoever asked and nobody else, once', async () => {
    const id = await asked();
    const withdraw = (user: string, headers: Record<string, string> = {}) =>
      calls.post(
        `/approval-requests/${id}/withdraw`,
        { reason: 'Found it' },
        { user, ...headers },
      );
    expect((await withdraw('ben')).status).toBe(403);
    const key = { 'Idempotency-Key': `withdraw-${id}` };
    const [first, again] = [
      await withdraw('ana', key),
      await withdraw('ana', key),
    ];
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toMatchObject({
      state: 'withdrawn',
      request: { reason: 'Found it' },
    });
    expect((await withdraw('ana')).status).toBe(409);
    expect(await inbox('ben')).not.toContain(id);
  });

  it('are withdrawn by the plugin through which they were asked, and by no other', async () => {
    const { body } = await calls.post(
      '/approval-requests',
      { title: 'Scale the ledger', approval: twoManagers },
      {
        Authorization: `Bearer ${mockCredentials.user.token(
          'user:default/ana',
          { actor: { subject: 'plugin:scaling' } },
        )}`,
      },
    );
    const withdraw = (id: string, plugin: string) =>
      calls.post(
        `/approval-requests/${id}/withdraw`,
        { reason: 'The policy has ended' },
        {
          Authorization: mockCredentials.service.header({
            onBehalfOf: mockCredentials.service(`plugin:${plugin}`),
            targetPluginId: 'delivery',
          }),
        },
      );
    const refused = await withdraw(body.id, 'costs');
    expect([refused.status, refused.body.detail]).toEqual([
      403,
      'Only whoever asked may withdraw this.',
    ]);
    expect((await withdraw(body.id, 'scaling')).body.state).toBe('withdrawn');
    // Ana herself may, through whichever plugin, and nobody may for her who was not asked.
    const own = await asked();
    expect((await withdraw(own, 'scaling')).status).toBe(403);
  });

  it('about a component are listed with it, and refused about none that there is', async () => {
    const id = await asked({ componentRef: 'Component:default/Checkout' });
    const { body } = await calls.get(`/approvals?componentRef=${checkout}`);
    expect(body.items.map((item: RequestApproval) => item.id)).toEqual([id]);
    const { status } = await calls.post('/approval-requests', {
      title: 'Read the ledger',
      componentRef: 'component:default/nothing',
      approval: twoManagers,
    });
    expect(status).toBe(404);
  });

  it.each([
    ['/approval', { approval: {} }],
    [
      '/approval/expiresAfter',
      { approval: { ...twoManagers, expiresAfter: 0 } },
    ],
    ['/details', { details: { text: 'x'.repeat(20_000) } }],
    ['link', { link: 'ftp://tickets.example/1' }],
  ])('are refused for a bad %s', async (field, more) => {
    const { body, status } = await calls.post('/approval-requests', {
      title: 'Read the ledger',
      approval: twoManagers,
      ...more,
    });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(field);
  });
});

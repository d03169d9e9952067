import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { TargetGates } from '@slipway/backstage-plugin-delivery-common';
import type {
  ScalingChange,
  ScalingPolicy,
} from '@slipway/backstage-plugin-scaling-common';
import type { AddressInfo } from 'node:net';
import { stringify } from 'yaml';
// The real plugin on the other side of the client: its pipelines, approvals and windows.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { DeliveryCalls } from '../../delivery-backend/src/__testUtils__/DeliveryCalls';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import {
  DocumentsFile,
  pipeline,
  window,
} from '../../delivery-backend/src/__testUtils__/documents';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { organisation } from '../../delivery-backend/src/__testUtils__/organisation';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { startDelivery } from '../../delivery-backend/src/__testUtils__/startDelivery';
import { authWithActors } from './__testUtils__/authWithActors';
import { policy } from './__testUtils__/policy';
import { startScaling } from './__testUtils__/startScaling';
import { observed } from './__testUtils__/TestProvider';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const managers = {
  approval: { rules: [{ group: 'group:default/managers', atLeast: 1 }] },
};
const security = {
  approval: { rules: [{ group: 'group:default/security', atLeast: 1 }] },
};

/** Now and for an hour, in UTC: other limits. Begins in so many milliseconds. */
function soon(ms: number, replicas: { min: number; max: number }) {
  return {
    name: 'peak',
    start: new Date(Date.now() + ms).toISOString().slice(0, 19),
    timeZone: 'UTC',
    duration: '1h',
    replicas,
  };
}

describe.each(databases.eachSupportedId())('policies on %s', databaseId => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  let scaling: Awaited<ReturnType<typeof startScaling>>;
  let file: DocumentsFile;
  const calls = new DeliveryCalls(() => delivery.server);

  beforeEach(async () => {
    file = new DocumentsFile(pipeline({ production: [managers] }));
    delivery = await startDelivery(
      await databases.init(databaseId),
      undefined,
      { config: file.config, entities: organisation },
    );
    const { port } = delivery.server.address() as AddressInfo;
    scaling = await startScaling(
      await databases.init(databaseId),
      mockServices.permissions.factory(),
      [
        mockServices.discovery.mock({
          getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
        }).factory,
        authWithActors,
      ],
    );
  });

  afterEach(async () => {
    await scaling?.stop();
    await delivery?.backend.stop();
  });

  async function target(environment: string): Promise<string> {
    scaling.provider.shows[environment] = [
      observed('checkout', { driver: { kind: 'fixed' } }),
    ];
    scaling.provider.control.settings.set(
      `${environment} Deployment/checkout`,
      { driver: 'fixed', replicas: 2 },
    );
    await scaling.look();
    const { body } = await scaling.get(
      `/targets?environmentRef=resource:default/${environment}`,
    );
    return body.items[0].id;
  }

  const now = (environment: string) =>
    scaling.provider.control.settings.get(`${environment} Deployment/checkout`);

  async function until(
    id: string,
    wanted: (change: ScalingChange) => boolean,
  ): Promise<ScalingChange> {
    const end = Date.now() + 40_000;
    for (;;) {
      const { body } = await scaling.get(`/changes/${id}`);
      if (wanted(body)) return body;
      if (Date.now() > end)
        throw new Error(`It is still ${JSON.stringify(body)}`);
      await new Promise(resolve => {
        setTimeout(resolve, 100);
      });
    }
  }

  /** Reads documents until delivery says so: it reads them by itself as well, and may be at it with what was before. */
  async function untilGates(
    wanted: (gates: TargetGates) => boolean,
  ): Promise<void> {
    for (const end = Date.now() + 40_000; Date.now() < end;) {
      await delivery.readDocuments();
      const { body } = await calls.get(
        '/targets/gates?componentRef=component:default/checkout&environmentRef=resource:default/production',
      );
      if (wanted(body)) return;
      await new Promise(resolve => {
        setTimeout(resolve, 200);
      });
    }
    throw new Error('The documents are not read');
  }

  const phase = (wanted: string) => (change: ScalingChange) =>
    change.phase === wanted;

  const apply = (id: string, document: ScalingPolicy | string, key?: string) =>
    scaling.post(
      `/targets/${id}/policy`,
      { policy: document, reason: 'It follows the load' },
      key ? { 'Idempotency-Key': key } : {},
    );

  const inStaging = (min: number, max: number) =>
    policy({ replicas: { staging: { min, max } } });

  it('wait for the people that the stage wants, and are applied when they have agreed', async () => {
    const id = await target('production');
    const [one, other] = await Promise.all([
      apply(id, policy(), 'k'),
      apply(id, policy(), 'k'),
    ]);
    expect(one.body.id).toBe(other.body.id);
    expect(one.body).toMatchObject({
      kind: 'policy',
      phase: 'held',
      policy: { metadata: { name: 'web' } },
      policyDigest: expect.stringMatching(/^sha256:/),
    });
    await until(one.body.id, ({ waitsFor }) => Boolean(waitsFor));
    expect(now('production')).toEqual({ driver: 'fixed', replicas: 2 });
    const inbox = await calls.get('/approvals?view=waitingForMe', 'ben');
    expect(inbox.body.items).toHaveLength(1);
    const [approval] = inbox.body.items;
    expect(approval.request).toMatchObject({
      requestedBy: 'user:default/mock',
      details: { policyDigest: one.body.policyDigest },
    });
    expect(one.body.approvals).toEqual([approval.id]);
    const vote = await calls.post(
      `/approvals/${approval.id}/approve`,
      { subjectDigest: approval.request.subjectDigest },
      { user: 'ben' },
    );
    expect(vote.status).toBe(200);
    const active = await until(one.body.id, phase('active'));
    expect(active).toMatchObject({
      before: { driver: 'fixed', replicas: 2 },
      limits: { min: 1, max: 20 },
    });
    expect(now('production')).toMatchObject({ driver: 'hpa', maxReplicas: 20 });
  });

  it('end when somebody says no, and nobody else is asked any more', async () => {
    file.write(pipeline({ production: [managers, security] }));
    await untilGates(({ approvals }) => approvals.length === 2);
    const id = await target('production');
    const { body } = await apply(id, policy());
    const [approvalId, otherId] = body.approvals;
    const { body: asked } = await calls.get(`/approval-requests/${approvalId}`);
    await calls.post(
      `/approvals/${approvalId}/reject`,
      { subjectDigest: asked.request.subjectDigest, comment: 'Too dear' },
      { user: 'ben' },
    );
    expect(await until(body.id, phase('failed'))).toMatchObject({
      end: { reason: 'The approval that it needs was rejected' },
      outcome: { kind: 'untouched' },
    });
    expect(
      (await calls.get(`/approval-requests/${otherId}`)).body,
    ).toMatchObject({ state: 'withdrawn' });
    expect(now('production')).toEqual({ driver: 'fixed', replicas: 2 });
  });

  it('ask nobody any more when they have been taken back before anybody agreed', async () => {
    const id = await target('production');
    const { body } = await apply(id, policy());
    await until(body.id, ({ waitsFor }) => Boolean(waitsFor));
    const ended = await scaling.post(`/changes/${body.id}/end`, {
      reason: 'Not needed',
    });
    expect(ended.status).toBe(200);
    expect(await until(body.id, phase('ended'))).toMatchObject({
      outcome: { kind: 'untouched' },
    });
    expect(
      (await calls.get('/approvals?view=waitingForMe', 'ben')).body.items,
    ).toEqual([]);
    const [approvalId] = body.approvals;
    expect(
      (await calls.get(`/approval-requests/${approvalId}`)).body,
    ).toMatchObject({ state: 'withdrawn' });
  });

  it('wait for a window, and say which', async () => {
    file.write(pipeline({}), window('deny', true));
    await untilGates(
      ({ approvals, windows }) => !approvals.length && !windows.open,
    );
    const id = await target('production');
    const { body } = await apply(id, policy());
    const held = await until(body.id, ({ waitsFor }) => Boolean(waitsFor));
    expect(held.waitsFor).toContain('Frozen by');
    file.write(pipeline({}));
    await untilGates(({ windows }) => windows.open);
    await until(body.id, phase('active'));
  });

  it('change limits when a schedule begins, and are taken away with what was put back', async () => {
    const id = await target('staging');
    const document = {
      ...inStaging(1, 4),
      spec: {
        ...inStaging(1, 4).spec,
        schedules: [soon(6000, { min: 3, max: 9 })],
      },
    };
    const { body } = await apply(id, stringify(document));
    const first = await until(body.id, phase('active'));
    expect(first.limits).toMatchObject({
      min: 1,
      max: 4,
      nextChangeAt: expect.any(String),
    });
    const peak = await until(
      body.id,
      change => change.phase === 'active' && change.limits?.min === 3,
    );
    expect(peak.limits).toMatchObject({ max: 9, schedule: 'peak' });
    expect(now('staging')).toMatchObject({ minReplicas: 3, maxReplicas: 9 });
    await scaling
      .post(`/changes/${body.id}/end`, { reason: 'No longer' })
      .expect(200);
    expect(await until(body.id, phase('ended'))).toMatchObject({
      outcome: { kind: 'restored' },
    });
    expect(now('staging')).toEqual({ driver: 'fixed', replicas: 2 });
  });

  it('take each other’s place, and the last one puts back what was before the first', async () => {
    const id = await target('staging');
    const first = await apply(id, inStaging(1, 4));
    await until(first.body.id, phase('active'));
    const second = await apply(id, inStaging(2, 6));
    await until(second.body.id, phase('active'));
    expect(await until(first.body.id, phase('ended'))).toMatchObject({
      end: { as: 'superseded', changeId: second.body.id },
    });
    expect(now('staging')).toMatchObject({ minReplicas: 2, maxReplicas: 6 });
    await scaling.post(`/changes/${second.body.id}/end`, { reason: 'x' });
    await until(second.body.id, phase('ended'));
    expect(now('staging')).toEqual({ driver: 'fixed', replicas: 2 });
  });

  it('wait until a change by hand has ended', async () => {
    const id = await target('staging');
    const first = await apply(id, inStaging(1, 4));
    await until(first.body.id, phase('active'));
    const byHand = await scaling.post(`/targets/${id}/scale`, {
      replicas: 8,
      reason: 'A load test',
    });
    await until(byHand.body.id, phase('active'));
    expect(now('staging')).toMatchObject({ minReplicas: 8, maxReplicas: 8 });
    const second = await apply(id, inStaging(2, 6));
    const waiting = await until(second.body.id, ({ waitsFor }) =>
      Boolean(waitsFor),
    );
    expect(waiting.waitsFor).toContain('A load test');
    await scaling.post(`/changes/${byHand.body.id}/end`, { reason: 'over' });
    await until(byHand.body.id, phase('ended'));
    await until(second.body.id, phase('active'));
    expect(now('staging')).toMatchObject({ minReplicas: 2, maxReplicas: 6 });
  });

  it('are refused by field, before anybody is asked', async () => {
    const id = await target('staging');
    const problems = async (document: object | string) => {
      const { body, status } = await apply(id, document as ScalingPolicy);
      expect(status).toBe(400);
      return body.errors.map(({ pointer }: { pointer: string }) => pointer);
    };
    expect(await problems(policy())).toEqual(['/policy/spec/replicas']);
    expect(await problems(inStaging(1, 21))).toEqual([
      '/policy/spec/replicas/staging/max',
    ]);
    expect(await problems({ kind: 'ScalingPolicy' })).toContain('/policy/spec');
    expect(await problems('spec: [')).toEqual(['/policy']);
    scaling.provider.autoscalers.refusal = Object.assign(
      new Error('KEDA is missing; install it'),
      { name: 'InputError' },
    );
    const { body } = await apply(id, inStaging(1, 4));
    expect(body.errors).toEqual([
      { pointer: '/policy', detail: 'KEDA is missing; install it' },
    ]);
    expect((await scaling.get('/changes')).body.items).toEqual([]);
  });
});

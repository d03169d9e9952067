import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  RequestApproval,
  Rollout,
  WindowException,
} from '@slipway/backstage-plugin-delivery-common';
import {
  checkout,
  DeliveryCalls,
  production,
} from './__testUtils__/DeliveryCalls';
import { DocumentsFile, pipeline, window } from './__testUtils__/documents';
import { organisation } from './__testUtils__/organisation';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(90_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const hour = 3_600_000;

/** Always on, with whoever may let somebody through. */
function freeze(exceptions?: object, title = 'Freeze') {
  const document = window('deny', true);
  return {
    ...document,
    metadata: { ...document.metadata, title },
    spec: { ...document.spec, ...(exceptions && { exceptions }) },
  };
}

const byManagers = {
  approval: { rules: [{ group: 'group:default/managers', atLeast: 2 }] },
};

describe.each(databases.eachSupportedId())(
  'exceptions to windows on %s',
  databaseId => {
    let delivery: Awaited<ReturnType<typeof startDelivery>>;
    let file: DocumentsFile;
    const calls = new DeliveryCalls(() => delivery.server);

    async function start(...documents: object[]): Promise<void> {
      file = new DocumentsFile(pipeline({}), ...documents);
      delivery = await startDelivery(
        await databases.init(databaseId),
        undefined,
        { config: file.config, entities: organisation },
      );
    }

    afterEach(() => delivery?.backend.stop());

    function span(lengthMs = hour, startsInMs = -1000) {
      const from = Date.now() + startsInMs;
      return {
        componentRef: checkout,
        environmentRef: production,
        from: new Date(from).toISOString(),
        until: new Date(from + lengthMs).toISOString(),
        reason: 'Customers cannot pay',
      };
    }

    async function asked(body: object = span()): Promise<WindowException> {
      const answer = await calls.post('/window-exceptions', body, {
        user: 'ana',
      });
      expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
      return answer.body;
    }

    async function refused(body: object): Promise<[number, string]> {
      const { body: answer, status } = await calls.post(
        '/window-exceptions',
        body,
        { user: 'ana' },
      );
      return [status, answer.detail];
    }

    async function agree(id: string, ...users: string[]): Promise<void> {
      const { body } = await calls.get(`/approval-requests/${id}`, 'ana');
      const { subjectDigest } = (body as RequestApproval).request;
      for (const user of users) {
        const { status, body: answer } = await calls.post(
          `/approvals/${id}/approve`,
          { subjectDigest },
          { user },
        );
        expect([status, answer.detail]).toEqual([200, undefined]);
      }
    }

    const listed = async (): Promise<WindowException[]> =>
      (await calls.get('/window-exceptions', 'ana')).body.items;

    async function untilInForce(title: string): Promise<void> {
      const query = new URLSearchParams({
        from: new Date(Date.now() - hour).toISOString(),
        to: new Date(Date.now() + hour).toISOString(),
      });
      const deadline = Date.now() + 20_000;
      for (;;) {
        await delivery.readDocuments();
        const { body } = await calls.get(`/windows?${query}`);
        if (JSON.stringify(body).includes(title)) return;
        if (Date.now() > deadline) throw new Error(JSON.stringify(body));
        await new Promise(resolve => {
          setTimeout(resolve, 100);
        });
      }
    }

    async function begun(version: string): Promise<Rollout> {
      const id = await calls.start(await calls.release(version), {
        strategy: { rolling: {} },
      });
      return (await calls.get(`/rollouts/${id}`)).body;
    }

    it('let a component through while they last, when enough people agree whom the window names', async () => {
      await start(freeze(byManagers));
      const held = await begun('1.0.0');
      expect(held).toMatchObject({
        phase: 'held',
        message: 'Frozen by Freeze',
      });
      const exception = await asked();
      expect(exception).toMatchObject({
        state: 'pending',
        reason: 'Customers cannot pay',
        windows: [{ title: 'Freeze' }],
        allowedActions: { end: { allowed: false } },
      });
      const { body: asking } = await calls.get(
        `/approval-requests/${exception.id}`,
        'ana',
      );
      const { expiresAt } = (asking as RequestApproval).request.gate.approval!;
      expect(
        Math.abs(Date.parse(expiresAt!) - Date.parse(exception.until)),
      ).toBeLessThan(2000);
      await agree(exception.id, 'ben');
      expect((await calls.get(`/rollouts/${held.id}`)).body.phase).toBe('held');
      await agree(exception.id, 'eva');
      expect(await listed()).toEqual([
        expect.objectContaining({
          state: 'approved',
          approvedBy: ['user:default/ben', 'user:default/eva'],
        }),
      ]);
      const ended = await calls.ended(held.id);
      expect(ended.phase).toBe('succeeded');
      expect(ended.gates?.items[0]).toMatchObject({
        kind: 'window',
        status: 'passed',
        message: expect.stringMatching(
          /^Open until .* UTC by an exception that user:default\/ben and user:default\/eva approved$/,
        ),
      });
    });

    it('no longer let it through when they were ended, or the window is another', async () => {
      await start(freeze(byManagers));
      const first = await asked();
      await agree(first.id, 'ben', 'eva');
      const { body, status } = await calls.post(
        `/window-exceptions/${first.id}/end`,
        { reason: 'Mended' },
        { user: 'ben' },
      );
      expect([status, body.state, body.ended]).toEqual([
        200,
        'ended',
        expect.objectContaining({ by: 'user:default/ben', reason: 'Mended' }),
      ]);
      expect((await begun('1.0.0')).phase).toBe('held');
      expect(await listed()).toEqual([]);

      const second = await asked();
      await agree(second.id, 'ben', 'eva');
      file.write(pipeline({}), freeze(byManagers, 'Another freeze'));
      await untilInForce('Another freeze');
      expect(await begun('2.0.0')).toMatchObject({
        phase: 'held',
        message: 'Frozen by Another freeze',
      });
    });

    it('are refused in words where nobody could give them', async () => {
      const firm = { ...freeze(), metadata: { name: 'firm', title: 'Firm' } };
      await start(freeze({ ...byManagers, longest: '2h' }));
      expect(await refused(span(3 * hour))).toEqual([
        400,
        expect.stringContaining('at most 2 h'),
      ]);
      expect(await refused(span(-hour))).toEqual([
        400,
        expect.stringContaining('must be after'),
      ]);
      expect(await refused(span(hour, -2 * hour))).toEqual([
        400,
        expect.stringContaining('must lie in the future'),
      ]);
      expect(
        await refused({
          ...span(),
          environmentRef: 'resource:default/nowhere',
        }),
      ).toEqual([400, expect.stringContaining('no environment')]);
      await delivery.backend.stop();
      await start(freeze(byManagers), firm);
      expect(await refused(span())).toEqual([409, 'Firm: takes no exceptions']);
      await delivery.backend.stop();
      await start();
      expect(await refused(span())).toEqual([
        409,
        expect.stringContaining('No window closes'),
      ]);
    });
  },
);

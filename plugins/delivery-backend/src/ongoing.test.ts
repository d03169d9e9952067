import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  Promotion,
  Rollout,
} from '@slipway/backstage-plugin-delivery-common';
import { jsonDigest } from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import {
  checkout,
  DeliveryCalls,
  production,
  staging,
  waitsHalfWay,
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

function freeze(spec: object) {
  const document = window('deny', true);
  return { ...document, spec: { ...document.spec, ...spec } };
}

/** One that is on from now on, for so many seconds. */
function freezeFor(seconds: number) {
  return freeze({
    start: new Date().toISOString().slice(0, 19),
    timeZone: 'Etc/UTC',
    duration: `${seconds}s`,
    ongoing: 'hold',
  });
}

describe.each(databases.eachSupportedId())(
  'windows and what is under way on %s',
  databaseId => {
    let delivery: Awaited<ReturnType<typeof startDelivery>>;
    let file: DocumentsFile;
    let stages: object;
    let knex: Knex;
    const calls = new DeliveryCalls(() => delivery.server);

    const start = () =>
      startDelivery(knex, undefined, {
        config: file.config,
        entities: organisation,
      });

    beforeEach(async () => {
      stages = pipeline({});
      file = new DocumentsFile(stages);
      knex = await databases.init(databaseId);
      delivery = await start();
      await calls.rollOut(await calls.release('1.0.0'), {
        strategy: { rolling: {} },
      });
    });

    afterEach(() => delivery.backend.stop());

    /** What every replica sees from now on. */
    async function documents(...windows: object[]): Promise<void> {
      file.write(stages, ...windows);
      const day = 86_400_000;
      const query = new URLSearchParams({
        from: new Date(Date.now() - 2 * day).toISOString(),
        to: new Date(Date.now() + day).toISOString(),
      });
      const deadline = Date.now() + 20_000;
      for (;;) {
        await delivery.readDocuments();
        const calendar = (await calls.get(`/windows?${query}`)).body;
        const [inForce] = (await calls.get('/pipelines')).body.items;
        if (
          calendar.items?.length === windows.length &&
          inForce.digest === jsonDigest(stages)
        )
          return;
        if (Date.now() > deadline) throw new Error(JSON.stringify(calendar));
        await new Promise(resolve => {
          setTimeout(resolve, 100);
        });
      }
    }

    /** Half of the traffic goes to 2.0.0. */
    async function halfWay(): Promise<string> {
      const id = await calls.start(await calls.release('2.0.0'), {
        strategy: waitsHalfWay,
      });
      await calls.paused(id);
      return id;
    }

    const promote = (id: string) => calls.post(`/rollouts/${id}/promote`, {});
    const held = (id: string): Promise<Rollout> =>
      calls.until(id, ({ waitingFor }) => waitingFor === 'window');
    const weight = () => delivery.runtime.applied.at(-1)!.versions[0].weight;

    it('hold a rollout before its next step, and let it go on by themselves, over a restart', async () => {
      const id = await halfWay();
      await documents(freezeFor(8));
      await promote(id);
      const rollout = await held(id);
      expect(rollout).toMatchObject({
        phase: 'paused',
        weight: 50,
        message: expect.stringMatching(/^Held by Audit until .* UTC$/),
      });
      expect(weight()).toBe(50);
      const { body } = await calls.get('/rollouts?waitingFor=window');
      expect(body.items.map((item: Rollout) => item.id)).toEqual([id]);
      const [{ end }] = rollout.gates!.items[0].windows!;
      await delivery.backend.stop();
      delivery = await start();
      const done = await calls.ended(id);
      expect(done.phase).toBe('succeeded');
      expect(Date.parse(done.finishedAt!)).toBeGreaterThanOrEqual(
        Date.parse(end!),
      );
      const { body: events } = await calls.get(`/rollouts/${id}/events`);
      expect(
        events.items.filter(
          ({ type }: { type: string }) => type === 'gates.windows',
        ),
      ).toHaveLength(2);
    });

    it('hold a promotion in the same way, which says so', async () => {
      stages = withFirstStage(pipeline({}), { strategy: waitsHalfWay });
      await calls.rollOut(await calls.release('2.0.0'), {
        environmentRef: staging,
        strategy: { rolling: {} },
      });
      await documents();
      const releaseId = await calls.release('3.0.0');
      const { body } = await calls.post('/promotions', {
        items: [{ componentRef: checkout, releaseId }],
        toStage: 'staging',
      });
      const rollout = async (): Promise<string> => {
        const { items } = (await calls.get('/rollouts?active=true')).body;
        return items.length ? items[0].id : rollout();
      };
      const id = await rollout();
      await calls.paused(id);
      await documents(freeze({ match: {}, ongoing: 'hold' }));
      await promote(id);
      await held(id);
      const promotion = async (): Promise<Promotion> => {
        const seen = (await calls.get(`/promotions/${body.id}`)).body;
        return seen.waitingFor === 'window' ? seen : promotion();
      };
      expect((await promotion()).stages[0].items[0]).toMatchObject({
        status: 'running',
        message: expect.stringMatching(/^Held by Audit/),
      });
    });

    it('let it go on when they are taken back', async () => {
      const id = await halfWay();
      await documents(freeze({ ongoing: 'hold' }));
      await promote(id);
      await held(id);
      await documents();
      expect((await calls.ended(id)).phase).toBe('succeeded');
    });

    it('hold it when what allows changes is over', async () => {
      const over = window('allow', false);
      const id = await halfWay();
      await documents({ ...over, spec: { ...over.spec, ongoing: 'hold' } });
      await promote(id);
      expect((await held(id)).message).toBe('Held outside of Audit');
    });

    it('let it finish where they do not say otherwise', async () => {
      const id = await halfWay();
      await documents(freeze({}));
      await promote(id);
      expect((await calls.ended(id)).phase).toBe('succeeded');
    });

    it('keep nobody from aborting, nor from going back later', async () => {
      const id = await halfWay();
      await documents(freeze({ ongoing: 'hold' }));
      await promote(id);
      await held(id);
      await calls.post(`/rollouts/${id}/abort`, {});
      expect((await calls.ended(id)).phase).toBe('aborted');
      expect(weight()).toBe(100);

      await documents();
      await calls.rollOut(await calls.release('3.0.0'), {
        strategy: { rolling: {} },
      });
      await documents(freeze({ ongoing: 'hold' }));
      const { body } = await calls.post('/rollbacks', {
        componentRef: checkout,
        environmentRef: production,
      });
      const back = await calls.ended(body.id);
      expect([back.phase, back.release.version]).toEqual([
        'succeeded',
        '1.0.0',
      ]);
    });

    it('are passed by break-glass, which somebody else has to look at', async () => {
      const id = await halfWay();
      expect(
        (await calls.post(`/rollouts/${id}/breakGlass`, { reason: 'now' }))
          .status,
      ).toBe(409);
      await documents(freeze({ ongoing: 'hold' }));
      await promote(id);
      expect((await held(id)).allowedActions.breakGlass.allowed).toBe(true);
      expect((await calls.post(`/rollouts/${id}/breakGlass`, {})).status).toBe(
        400,
      );
      await calls.post(
        `/rollouts/${id}/breakGlass`,
        { reason: 'Half of the customers cannot pay' },
        { user: 'eva' },
      );
      const rollout = await calls.ended(id);
      expect([rollout.phase, rollout.gates?.breakGlass?.by]).toEqual([
        'succeeded',
        'user:default/eva',
      ]);
      const reviews = async () =>
        (await calls.get('/approvals?view=reviews')).body.page.totalItems;
      expect(await reviews()).toBe(1);
      await calls.post(
        `/rollouts/${id}/review`,
        { reason: 'It was right' },
        { user: 'ben' },
      );
      expect(await reviews()).toBe(0);
    });
  },
);

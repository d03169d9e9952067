import { createBackendModule } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { RolloutApproval } from '@slipway/backstage-plugin-delivery-common';
import {
  deliveryIncidentsExtensionPoint,
  type OpenIncident,
} from '@slipway/backstage-plugin-delivery-node';
import { DeliveryCalls } from './__testUtils__/DeliveryCalls';
import { DocumentsFile, pipeline } from './__testUtils__/documents';
import { organisation } from './__testUtils__/organisation';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** Says what a test puts into it. */
class Pager {
  open: OpenIncident[] = [];
  fails = false;

  readonly module = createBackendModule({
    pluginId: 'delivery',
    moduleId: 'pager',
    register: env => {
      env.registerInit({
        deps: { incidents: deliveryIncidentsExtensionPoint },
        init: async ({ incidents }) =>
          incidents.addSource({
            name: 'pager',
            title: 'The pager',
            open: async () => {
              if (this.fails) throw new Error('connect ECONNREFUSED');
              return this.open;
            },
          }),
      });
    },
  });
}

const outage: OpenIncident = {
  id: '1',
  title: 'Payments are slow',
  severity: 'critical',
  since: '2026-11-24T01:02:03Z',
  url: 'https://pager.example/1',
  componentRef: 'Component:default/checkout',
  environmentName: 'production',
};

const documents = new DocumentsFile(
  pipeline({
    production: [
      {
        policy: {
          rules: [
            {
              name: 'nothing-burns',
              expression: 'incidents.critical == 0',
              message: 'Something burns',
            },
          ],
        },
      },
      {
        approval: {
          rules: [{ group: 'group:default/managers', atLeast: 1 }],
        },
      },
    ],
  }),
);

describe.each(databases.eachSupportedId())('incidents on %s', databaseId => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  const pager = new Pager();
  const calls = new DeliveryCalls(() => delivery.server);
  let stop = async () => {};
  afterEach(() => stop());

  async function start(...features: Pager['module'][]) {
    const knex = await databases.init(databaseId);
    delivery = await startDelivery(knex, undefined, {
      config: documents.config,
      entities: organisation,
      features,
    });
    stop = () => delivery.backend.stop();
    return knex;
  }

  async function asked(
    version = '1.0.0',
  ): Promise<() => Promise<RolloutApproval>> {
    const id = await calls.start(await calls.release(version), {
      strategy: { rolling: {} },
    });
    return async () => (await calls.get(`/approvals/${id}`)).body;
  }

  const policyOf = ({ rollout }: RolloutApproval) =>
    rollout.gates?.items.find(({ kind }) => kind === 'policy');
  const risks = (approval: RolloutApproval) =>
    approval.risks.filter(({ message }) =>
      /Open since|not known/.test(message),
    );

  it('stand among the risks, and hold where a policy says so, for their environment only', async () => {
    await start(pager.module);
    pager.open = [
      outage,
      { ...outage, id: '2', title: 'Elsewhere', environmentName: 'staging' },
      { ...outage, id: '3', componentRef: 'component:default/ads' },
      {
        ...outage,
        id: '4',
        severity: 'info',
        title: 'Disk fills',
        url: 'data:text/html,hello',
      },
      { ...outage, id: '5', componentRef: 'no reference at all' },
      { ...outage, id: '6', since: 'long ago' },
    ];
    await delivery.readIncidents();
    const seen = await asked();
    const before = await seen();
    expect(risks(before)).toEqual([
      {
        level: 'danger',
        message: 'Open since 2026-11-24 01:02 UTC: Payments are slow',
        url: 'https://pager.example/1',
      },
      { level: 'info', message: 'Open since 2026-11-24 01:02 UTC: Disk fills' },
    ]);
    expect(policyOf(before)).toMatchObject({
      status: 'failed',
      rules: [{ name: 'nothing-burns', holds: false }],
    });

    pager.open = [{ ...outage, severity: 'warning' }];
    await delivery.readIncidents();
    const deadline = Date.now() + 20_000;
    let after = await seen();
    while (policyOf(after)?.status !== 'passed' && Date.now() < deadline) {
      await new Promise(resolve => {
        setTimeout(resolve, 100);
      });
      after = await seen();
    }
    expect(policyOf(after)?.status).toBe('passed');
    expect(risks(after).map(({ level }) => level)).toEqual(['warning']);
  });

  it('that nobody can know are said to be unknown, and hold what asks for them', async () => {
    const knex = await start(pager.module);
    pager.open = [];
    await delivery.readIncidents();
    pager.fails = true;
    await delivery.readIncidents();
    const seen = await asked();
    // One that fails for a moment is still known.
    expect(risks(await seen())).toEqual([]);
    await knex('incident_sources').update({
      read_at: '2026-11-01T00:00:00.000Z',
    });
    const second = await asked('2.0.0');
    expect(risks(await second())).toEqual([
      {
        level: 'warning',
        message:
          'Open incidents are not known: The pager has not answered since 2026-11-01 00:00 UTC',
      },
    ]);
    expect(policyOf(await second())?.status).toBe('failed');
    pager.fails = false;
  });

  it('are unknown to policies where nobody watches, and no risk', async () => {
    await start();
    const approval = await (await asked())();
    expect(risks(approval)).toEqual([]);
    expect(policyOf(approval)).toMatchObject({
      status: 'failed',
      rules: [
        {
          holds: false,
          message: expect.stringContaining('cannot be evaluated'),
        },
      ],
    });
  });
});

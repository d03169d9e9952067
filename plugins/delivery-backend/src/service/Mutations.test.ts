import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Mutations } from '@slipway/backstage-plugin-slipway-node';
import { wasGivenUp } from '@slipway/workflow-engine';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_15'] });
const caller = { credentials: mockCredentials.user() };
const operation = { name: 'test', request: {} };

it.each(databases.eachSupportedId())(
  'on %s two changes that wait for each other are both made',
  async databaseId => {
    const knex = await databases.init(databaseId);
    await knex.schema.createTable('counters', table => {
      table.string('id').primary();
      table.integer('value').notNullable();
    });
    await knex('counters').insert([
      { id: 'a', value: 0 },
      { id: 'b', value: 0 },
    ]);
    const mutations = new Mutations({
      knex,
      auditor: mockServices.auditor.mock(),
      now: () => Date.now(),
      isMomentary: wasGivenUp,
    });

    let arrived = 0;
    let meet = () => {};
    const bothArrived = new Promise<void>(resolve => {
      meet = resolve;
    });
    const change = (first: string, second: string) =>
      mutations.once(caller, operation, async tx => {
        await tx('counters').where({ id: first }).increment('value');
        arrived += 1;
        if (arrived === 2) meet();
        await bothArrived;
        await tx('counters').where({ id: second }).increment('value');
        return `${first}${second}`;
      });

    const results = await Promise.all([change('a', 'b'), change('b', 'a')]);
    expect(results.map(({ resultId }) => resultId)).toEqual(['ab', 'ba']);
    expect(await knex('counters').pluck('value')).toEqual([2, 2]);
  },
);

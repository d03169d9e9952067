import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { Mutations } from '@slipway/backstage-plugin-slipway-node';
import { wasGivenUp } from '@slipway/workflow-engine';
import { migrate } from '../database/migrate';

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

it.each(databases.eachSupportedId())(
  'on %s a request that is carried out while the same one looks whether it may is answered, not refused',
  async databaseId => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const mutations = new Mutations({
      knex,
      auditor: mockServices.auditor.mock(),
      now: () => Date.now(),
    });
    const keyed = { ...caller, idempotencyKey: 'one key' };
    const make = () => mutations.once(keyed, operation, async () => 'made');
    const refuse = async () => {
      throw new ConflictError('It is there already');
    };

    const first = mutations.idempotent(keyed, operation, async () => {
      await make();
      return refuse();
    });
    expect(await first).toEqual({ resultId: 'made', replayed: true });
    expect(await mutations.idempotent(keyed, operation, refuse)).toEqual({
      resultId: 'made',
      replayed: true,
    });

    const other = { ...keyed, idempotencyKey: 'another key' };
    await expect(
      mutations.idempotent(other, operation, refuse),
    ).rejects.toThrow('It is there already');
    await expect(
      mutations.idempotent(
        keyed,
        { ...operation, request: { other: 1 } },
        make,
      ),
    ).rejects.toThrow(/another request/);
  },
);

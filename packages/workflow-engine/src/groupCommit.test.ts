import type { ScriptedState } from './__testUtils__/scriptedWorkflow';
import {
  ana,
  eventually,
  note,
  scripted,
  tell,
} from './__testUtils__/scriptedWorkflow';
import { describeDatabases } from './__testUtils__/testDatabases';
import { useTestEngines } from './__testUtils__/testEngines';

describeDatabases('What arrives together', kind => {
  const test = useTestEngines(kind);
  const effects = [{ key: 'e', effect: { kind: 'call' as const } }];

  /** Counts on the driver's own connections, which the engine uses without knex. */
  async function countTransactions(): Promise<() => number> {
    const connection = await test.knex.client.acquireConnection();
    const isPostgres = kind.name === 'Postgres';
    const owner = Object.getPrototypeOf(
      isPostgres ? connection : connection.prepare('SELECT 1'),
    );
    const method = isPostgres ? 'query' : 'run';
    await test.knex.client.releaseConnection(connection);
    const original = owner[method];
    let count = 0;
    jest.spyOn(owner, method).mockImplementation(function counted(
      this: { source?: string },
      ...args: unknown[]
    ) {
      const sql = this.source ?? JSON.stringify(args[0]);
      count += /^"?BEGIN|engine_write_steps/.test(sql) ? 1 : 0;
      return original.apply(this, args);
    });
    return () => count;
  }

  afterEach(() => jest.restoreAllMocks());

  it('is committed together', async () => {
    const engine = await test.started();
    const transactions = await countTransactions();
    const begun = await Promise.all(
      Array.from({ length: 20 }, () =>
        engine.startRun({
          type: scripted.type,
          command: tell({ events: [note('a')], effects }),
          actor: ana,
        }),
      ),
    );
    await eventually(async () => {
      for (const { run } of begun) {
        expect((await engine.read(run.id))!.version).toBe(2);
      }
    });
    // 40 decisions and the claims of 20 effects, 8 at a time.
    expect(transactions()).toBeGreaterThan(0);
    expect(transactions()).toBeLessThan(20);
  });

  it('does not share its failures: one bad projection or decision undoes itself alone', async () => {
    const engine = await test.started({
      workflows: [
        {
          ...scripted,
          async project(tx, { run }) {
            if ((run.state as ScriptedState).notes.includes('bad')) {
              await tx('engine_targets').insert({ name: 'half a write' });
              throw new Error('unreachable');
            }
          },
        },
      ],
    });
    const results = await Promise.allSettled(
      ['good', 'bad', 'refused', 'fine'].map(text =>
        engine.startRun({
          type: scripted.type,
          id: text,
          command: tell({
            events: [note(text)],
            status: { kind: 'waiting', wait: 'nothing' },
            ...(text === 'refused' && { throws: 'no' }),
          }),
          actor: ana,
        }),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(await test.knex('engine_runs').pluck('id').orderBy('id')).toEqual([
      'fine',
      'good',
    ]);
    expect(await test.knex('engine_targets')).toEqual([]);
    await eventually(async () =>
      expect(
        (await engine.feed()).events.map(({ runId }) => runId).sort(),
      ).toEqual(['fine', 'good']),
    );
  });

  it('does not fail because one of it cannot be written', async () => {
    const engine = await test.started();
    const unwritable = 'a \u0000 that Postgres refuses';
    const results = await Promise.allSettled(
      ['a', 'b', unwritable, 'c'].map(detail =>
        engine.startRun({
          type: scripted.type,
          command: tell({
            events: [note('begun')],
            effects,
            status: { kind: 'waiting', wait: 'nothing', detail },
          }),
          actor: ana,
        }),
      ),
    );
    const begun = results.flatMap(result =>
      result.status === 'fulfilled' ? [result.value.run.id] : [],
    );
    expect(begun).toHaveLength(kind.name === 'Postgres' ? 3 : 4);
    await eventually(async () => {
      for (const id of begun) {
        expect((await engine.read(id))!.version).toBe(2);
      }
    });
    expect(await test.knex('engine_runs')).toHaveLength(begun.length);
    expect(await test.knex('engine_effects')).toEqual([]);
  });

  it('does not fail because one of it is no JSON, or asks for a key that is open', async () => {
    const unreadable: typeof scripted = {
      ...scripted,
      evolve: (state, event) => ({
        ...scripted.evolve(state, event),
        ...(event.text === 'no JSON' && { big: 1n }),
      }),
    };
    const engine = await test.started({ workflows: [unreadable] });
    const results = await Promise.allSettled(
      ['a', 'no JSON', 'twice', 'b'].map(text =>
        engine.startRun({
          type: scripted.type,
          command: tell({
            events: [note(text)],
            effects: text === 'twice' ? [...effects, ...effects] : effects,
          }),
          actor: ana,
        }),
      ),
    );
    expect(
      results.map(result =>
        result.status === 'rejected' ? result.reason.name : 'begun',
      ),
    ).toEqual(['begun', 'TypeError', 'DuplicateEffectError', 'begun']);
    await eventually(async () =>
      expect(await test.knex('engine_runs').pluck('version')).toEqual([2, 2]),
    );
  });
});

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

  function countTransactions(): () => number {
    let count = 0;
    const onQuery = ({ sql }: { sql: string }) => {
      count += /^BEGIN/.test(sql) ? 1 : 0;
    };
    test.knex.on('query', onQuery);
    return () => {
      test.knex.off('query', onQuery);
      return count;
    };
  }

  it('is committed together', async () => {
    const engine = await test.started();
    const transactions = countTransactions();
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
});

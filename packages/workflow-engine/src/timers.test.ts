import type { Engine } from './api/engine';
import type { ScriptedState, Tell } from './__testUtils__/scriptedWorkflow';
import {
  ana,
  eventually,
  note,
  scripted,
  tell,
} from './__testUtils__/scriptedWorkflow';
import { describeDatabases } from './__testUtils__/testDatabases';
import { useTestEngines } from './__testUtils__/testEngines';

describeDatabases('Timers', kind => {
  const test = useTestEngines(kind);
  const start = async (engine: Engine, command: Tell) =>
    (await engine.startRun({ type: scripted.type, command, actor: ana })).run
      .id;
  const notes = async (engine: Engine, runId: string) =>
    (await engine.read<ScriptedState>(runId))!.state.notes;

  it('fire when they are due, long before the next poll, each once', async () => {
    const engine = await test.started({ pollMs: 60_000 });
    const at = Date.now() + 100;
    const runId = await start(
      engine,
      tell({
        events: [note('a')],
        timers: [
          { name: 'late', at: at + 50 },
          { name: 't', at },
        ],
      }),
    );
    expect((await engine.read(runId))!.wakeAt).toBe(new Date(at).toISOString());
    await eventually(async () =>
      expect(await notes(engine, runId)).toEqual([
        'a',
        'fired t',
        'fired late',
      ]),
    );
    const fired = (await engine.history(runId))[1];
    expect(fired.actor).toEqual({ type: 'system', id: 'engine' });
    expect(Date.parse(fired.at)).toBeGreaterThanOrEqual(at - 1);
    expect(Date.parse(fired.at)).toBeLessThan(at + 2000);
  });

  it('can be replaced and cancelled', async () => {
    const engine = await test.started();
    const soon = Date.now() + 60;
    const later = Date.now() + 3_600_000;
    const runId = await start(
      engine,
      tell({
        events: [note('a')],
        timers: [
          { name: 'moved', at: soon },
          { name: 'dropped', at: soon },
          { name: 'kept', at: soon + 40 },
        ],
      }),
    );
    const { run } = await engine.submit({
      runId,
      command: tell({
        timers: [
          { name: 'moved', at: later },
          { name: 'dropped', at: null },
        ],
      }),
      actor: ana,
    });
    expect(run.version).toBe(1);
    await eventually(async () =>
      expect(await notes(engine, runId)).toEqual(['a', 'fired kept']),
    );
    expect((await engine.read(runId))!.wakeAt).toBe(
      new Date(later).toISOString(),
    );
  });

  it('are fired once by two engines', async () => {
    const engines = [
      await test.started(),
      await test.started({ knex: test.connect() }),
    ];
    const at = Date.now() + 50;
    const runIds = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        start(
          engines[index % 2],
          tell({ events: [note('a')], timers: [{ name: 't', at }] }),
        ),
      ),
    );
    await eventually(async () => {
      for (const runId of runIds) {
        expect(await notes(engines[0], runId)).toEqual(['a', 'fired t']);
      }
    });
  });

  it('that are due while no engine runs fire when one starts', async () => {
    const stopped = await test.engine();
    const runId = await start(
      stopped,
      tell({
        events: [note('a')],
        timers: [{ name: 't', at: Date.now() - 5000 }],
      }),
    );
    const engine = await test.started();
    await eventually(async () =>
      expect(await notes(engine, runId)).toEqual(['a', 'fired t']),
    );
  });
});

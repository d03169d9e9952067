import type { EffectContext, EffectOutcome } from './api/effects';
import type { Engine } from './api/engine';
import type { ScriptedState, Tell } from './__testUtils__/scriptedWorkflow';
import {
  ana,
  eventually,
  gate,
  note,
  scripted,
  tell,
} from './__testUtils__/scriptedWorkflow';
import { describeDatabases } from './__testUtils__/testDatabases';
import { useTestEngines } from './__testUtils__/testEngines';

const call = { kind: 'call' } as const;
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

describeDatabases('Leases', kind => {
  const test = useTestEngines(kind);
  const start = async (engine: Engine, command: Tell) =>
    (await engine.startRun({ type: scripted.type, command, actor: ana })).run
      .id;
  const notes = async (engine: Engine, runId: string) =>
    (await engine.read<ScriptedState>(runId))!.state.notes;
  const withEffect = (
    request: Partial<NonNullable<Tell['effects']>[number]> = {},
  ) =>
    tell({
      events: [note('a')],
      effects: [{ key: 'e', effect: call, ...request }],
    });
  /** As if the worker had slept past its lease. */
  const expireLeases = () =>
    test.knex('engine_effects').update({ lease_until: 1 });

  it('that ran out go to another engine, and the sleeper can write nothing', async () => {
    const sleeping = gate();
    const epochs: number[] = [];
    const sleeper = await test.started({
      handlers: { call: sleeping.handler },
      pollMs: 60_000,
    });
    const runId = await start(
      sleeper,
      withEffect({ retry: { initialDelayMs: 1 } }),
    );
    await eventually(() => expect(sleeping.calls).toHaveLength(1));
    await expireLeases();
    const other = await test.started({
      knex: test.connect(),
      handlers: {
        call: async (_effect: unknown, { epoch, attempt }: EffectContext) => {
          epochs.push(epoch, attempt);
          return { kind: 'done', result: 'other' };
        },
      },
    });
    await eventually(async () =>
      expect(await notes(other, runId)).toHaveLength(2),
    );
    sleeping.calls[0].open();
    await pause(50);
    expect(await notes(other, runId)).toEqual(['a', 'e gave "other" at 2']);
    // One for the lost claim, one for taking it back, one for the new claim.
    expect(epochs).toEqual([3, 2]);
  });

  it('are kept while the handler works, however long', async () => {
    const slow = gate();
    const engines = [
      await test.started({ leaseMs: 90, handlers: { call: slow.handler } }),
      await test.started({
        leaseMs: 90,
        handlers: { call: slow.handler },
        knex: test.connect(),
      }),
    ];
    const runId = await start(engines[0], withEffect());
    await pause(400);
    expect(slow.calls).toHaveLength(1);
    expect(slow.calls[0].signal.aborted).toBe(false);
    slow.calls[0].open();
    await eventually(async () =>
      expect(await notes(engines[0], runId)).toEqual(['a', 'e gave null at 1']),
    );
  });

  it('that are lost abort the handler at the next heartbeat', async () => {
    const slow = gate();
    const engine = await test.started({
      leaseMs: 90,
      handlers: { call: slow.handler },
    });
    await start(engine, withEffect());
    await eventually(() => expect(slow.calls).toHaveLength(1));
    await test.knex('engine_effects').update({ epoch: 77 });
    await eventually(() =>
      expect(slow.calls[0].signal.reason).toMatchObject({
        name: 'LeaseLostError',
      }),
    );
  });

  it('of an effect that kills every worker end in a failure', async () => {
    const deadly = gate();
    const engine = await test.started({ handlers: { call: deadly.handler } });
    const runId = await start(
      engine,
      withEffect({ retry: { maxAttempts: 2, initialDelayMs: 1 } }),
    );
    for (const attempt of [1, 2]) {
      await eventually(() => expect(deadly.calls).toHaveLength(attempt));
      await expireLeases();
      await eventually(async () =>
        expect(
          (
            await test
              .knex('engine_effects')
              .where({ state: 'leased', lease_until: 1 })
          ).length,
        ).toBe(0),
      );
    }
    await eventually(async () =>
      expect((await notes(engine, runId))[1]).toMatch(
        /^e exhausted at 2: Every worker/,
      ),
    );
    expect(deadly.calls).toHaveLength(2);
  });

  it('are drained by a graceful stop', async () => {
    const slow = gate();
    const engine = await test.started({ handlers: { call: slow.handler } });
    const runId = await start(engine, withEffect());
    await eventually(() => expect(slow.calls).toHaveLength(1));
    const stopped = engine.stop({ drainMs: 5000 });
    await start(engine, withEffect());
    await pause(50);
    slow.calls[0].open();
    await stopped;
    expect(await notes(engine, runId)).toEqual(['a', 'e gave null at 1']);
    expect(slow.calls).toHaveLength(1);
    expect(await test.knex('engine_effects').pluck('state')).toEqual(['ready']);
  });

  it('are given back by a stop that cannot wait, and a new engine goes on', async () => {
    const endless = gate();
    const engine = await test.started({ handlers: { call: endless.handler } });
    const runId = await start(engine, withEffect());
    await eventually(() => expect(endless.calls).toHaveLength(1));
    await engine.stop({ drainMs: 10 });
    expect(endless.calls[0].signal.reason).toMatchObject({
      name: 'EngineStoppedError',
    });
    expect(
      await test.knex('engine_effects').select('state', 'attempts'),
    ).toEqual([{ state: 'ready', attempts: 0 }]);
    const next = await test.started();
    await eventually(async () =>
      expect(await notes(next, runId)).toEqual(['a', 'e gave undefined at 1']),
    );
    endless.calls[0].open();
  });

  it('of one target go to one effect at a time over all engines', async () => {
    const running = new Map<string, number>();
    const most = new Map<string, number>();
    const handlers = {
      call: async (
        _effect: unknown,
        { key }: EffectContext,
      ): Promise<EffectOutcome> => {
        const target = key.split(':')[0];
        running.set(target, (running.get(target) ?? 0) + 1);
        most.set(target, Math.max(most.get(target) ?? 0, running.get(target)!));
        // One claim takes one effect of a target; wide enough that a second claim finds the first running.
        await pause(target === 'wide' ? 60 : 3);
        running.set(target, running.get(target)! - 1);
        return { kind: 'done' };
      },
    };
    const targetConcurrency = (target: string) => (target === 'wide' ? 3 : 1);
    const engines = [
      await test.started({ handlers, targetConcurrency }),
      await test.started({ handlers, targetConcurrency, knex: test.connect() }),
    ];
    const runIds = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        start(
          engines[index % 2],
          tell({
            events: [
              note('a', {
                'effect.succeeded:narrow:1': {
                  events: [note('next')],
                  effects: [
                    { key: 'narrow:2', effect: call, target: 'narrow' },
                  ],
                },
              }),
            ],
            effects: [
              { key: 'narrow:1', effect: call, target: 'narrow' },
              { key: 'wide:1', effect: call, target: 'wide' },
            ],
          }),
        ),
      ),
    );
    await eventually(async () => {
      for (const runId of runIds) {
        expect(await notes(engines[0], runId)).toHaveLength(4);
      }
    }, 15_000);
    expect(most.get('narrow')).toBe(1);
    expect(most.get('wide')).toBeLessThanOrEqual(3);
    expect(most.get('wide')).toBeGreaterThan(1);
    expect(await engines[0].readTargets()).toMatchObject([
      {
        target: 'narrow',
        concurrency: 1,
        running: 0,
        waiting: 0,
        breaker: 'closed',
      },
      { target: 'wide', concurrency: 3 },
    ]);
  });

  it('of a target that becomes free go on at once, also when its run has ended', async () => {
    const engine = await test.started({ pollMs: 60_000 });
    const end = {
      events: [note('end')],
      status: { kind: 'succeeded' as const },
    };
    const runIds = await Promise.all(
      Array.from({ length: 6 }, () =>
        start(
          engine,
          tell({
            events: [note('a', { 'effect.succeeded:e': end })],
            effects: [{ key: 'e', effect: call, target: 'one' }],
          }),
        ),
      ),
    );
    await eventually(async () => {
      for (const runId of runIds) {
        expect(await engine.read(runId)).toMatchObject({ status: 'succeeded' });
      }
    });
  });

  it('wake the other engine when work appears there, long before its poll', async () => {
    const engine = await test.started({ knex: test.connect(), pollMs: 60_000 });
    const hints: (string | undefined)[] = [];
    engine.onChange(({ runId }) => hints.push(runId));
    const submitter = await test.engine();
    const before = Date.now();
    const runId = await start(submitter, withEffect());
    await eventually(async () =>
      expect(await notes(engine, runId)).toHaveLength(2),
    );
    expect(Date.now() - before).toBeLessThan(3000);
    expect(hints).toContain(runId);
  });
});

describeDatabases(
  'A listening engine',
  kind => {
    const test = useTestEngines(kind);

    it('listens again when its connection breaks', async () => {
      const engine = await test.started({
        knex: test.connect(),
        pollMs: 60_000,
      });
      await test.knex.raw(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
      );
      await eventually(() =>
        expect(test.logger.lines.join()).toContain('only polls'),
      );
      await eventually(async () => {
        const { rows } = await test.knex.raw(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
        );
        expect(rows).toHaveLength(1);
      });
      const submitter = await test.engine();
      const { run } = await submitter.startRun({
        type: scripted.type,
        command: tell({
          events: [note('a')],
          effects: [{ key: 'e', effect: call }],
        }),
        actor: ana,
      });
      await eventually(async () =>
        expect((await engine.read(run.id))!.version).toBe(2),
      );
    });
  },
  ['Postgres'],
);

import type { Engine } from './api/engine';
import type { EffectContext } from './api/effects';
import type {
  Call,
  ScriptedState,
  Tell,
} from './__testUtils__/scriptedWorkflow';
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
const start = async (engine: Engine, command: Tell) =>
  (await engine.startRun({ type: scripted.type, command, actor: ana })).run.id;
const notesOf = async (engine: Engine, runId: string) =>
  (await engine.read<ScriptedState>(runId))!.state.notes;
const withEffects = (...keys: string[]) =>
  tell({
    events: [note('begun')],
    effects: keys.map(key => ({ key, effect: call })),
  });
const running = { status: { kind: 'running' } } as const;

describeDatabases('A run that the engine remembers', kind => {
  const test = useTestEngines(kind);

  it('is decided on as others left it meanwhile', async () => {
    const slow = gate();
    const engine = await test.started({ handlers: { call: slow.handler } });
    const runId = await start(engine, withEffects('e'));
    await eventually(() => expect(slow.calls).toHaveLength(1));
    const other = await test.engine({ knex: test.connect() });
    await other.submit({
      runId,
      command: tell({ events: [note('meanwhile')] }),
      actor: ana,
    });
    slow.calls[0].open();
    await eventually(async () =>
      expect(await notesOf(engine, runId)).toEqual([
        'begun',
        'meanwhile',
        'e gave null at 1',
      ]),
    );
  });

  it('hears of each of several effects that end at once', async () => {
    const slow = gate();
    const engine = await test.started({ handlers: { call: slow.handler } });
    const keys = ['a', 'b', 'c', 'd'];
    const runId = await start(
      engine,
      tell({
        events: [
          note(
            'begun',
            Object.fromEntries(
              keys.map(key => [
                `effect.succeeded:${key}`,
                {
                  events: [note(key)],
                  status: { kind: 'waiting', wait: 'the others' },
                },
              ]),
            ),
          ),
        ],
        effects: keys.map(key => ({ key, effect: call })),
      }),
    );
    await eventually(() => expect(slow.calls).toHaveLength(4));
    slow.calls.forEach(({ open }) => open());
    await eventually(async () =>
      expect((await notesOf(engine, runId)).toSorted()).toEqual([
        'a',
        'b',
        'begun',
        'c',
        'd',
      ]),
    );
    expect(await test.knex('engine_effects')).toEqual([]);
    expect(await test.knex('engine_runs').pluck('open_effects')).toEqual([0]);
  });

  it('hears of nothing after it was parked, although that wrote no event', async () => {
    const slow = gate();
    const engine = await test.started({ handlers: { call: slow.handler } });
    const runId = await start(
      engine,
      tell({
        events: [
          note('begun', { 'effect.succeeded:bad': { throws: 'a bug' } }),
        ],
        effects: ['bad', 'good'].map(key => ({ key, effect: call })),
      }),
    );
    await eventually(() => expect(slow.calls).toHaveLength(2));
    slow.calls.find(({ key }) => key === 'bad')!.open();
    await eventually(async () =>
      expect(await engine.read(runId)).toMatchObject({
        wait: 'engine.decide-failed',
        version: 1,
      }),
    );
    slow.calls.find(({ key }) => key === 'good')!.open();
    await eventually(async () =>
      expect(
        await test.knex('engine_effects').pluck('state').orderBy('key'),
      ).toEqual(['parked', 'parked']),
    );
    expect(await notesOf(engine, runId)).toEqual(['begun']);
  });

  it('is not written by whoever lost the lease meanwhile', async () => {
    const slow = gate();
    const engine = await test.started({
      handlers: { call: slow.handler },
      leaseMs: 60_000,
    });
    const [lost, held] = [
      await start(engine, withEffects('e')),
      await start(engine, withEffects('e')),
    ];
    await eventually(() => expect(slow.calls).toHaveLength(2));
    await test
      .knex('engine_effects')
      .where({ run_id: lost })
      .update({ epoch: 2, lease_owner: 'another' });
    slow.calls.forEach(({ open }) => open());
    await eventually(async () =>
      expect(await notesOf(engine, held)).toHaveLength(2),
    );
    await engine.stop();
    expect(await notesOf(engine, lost)).toEqual(['begun']);
    expect(
      await test.knex('engine_effects').select('run_id', 'epoch', 'state'),
    ).toEqual([{ run_id: lost, epoch: 2, state: 'leased' }]);
  });

  it('is left as it was when it asks for a key that is still open', async () => {
    const slow = gate();
    const engine = await test.started({ handlers: { call: slow.handler } });
    const runId = await start(
      engine,
      tell({
        events: [
          note('begun', {
            'effect.succeeded:a': {
              events: [note('a')],
              effects: [{ key: 'b', effect: call }],
            },
          }),
        ],
        effects: ['a', 'b'].map(key => ({ key, effect: call })),
      }),
    );
    await eventually(() => expect(slow.calls).toHaveLength(2));
    slow.calls.find(({ key }) => key === 'a')!.open();
    await eventually(() =>
      expect(JSON.stringify(test.logger.lines)).toContain(
        'DuplicateEffectError',
      ),
    );
    expect(await notesOf(engine, runId)).toEqual(['begun']);
    expect(await test.knex('engine_effects').pluck('epoch')).toEqual([1, 1]);
  });

  it('comes to decide as the database would give it', async () => {
    const states: unknown[] = [];
    const spoiling: typeof scripted = {
      ...scripted,
      decide(state, command, context) {
        states.push(JSON.parse(JSON.stringify(state ?? null)));
        if (state) {
          // A workflow must not do this; if it does, only this decision sees it.
          Object.assign(state, { spoilt: true });
        }
        return scripted.decide(state, command, context);
      },
      evolve: (state, event) =>
        Object.assign(scripted.evolve(state, event), { at: new Date(0) }),
    };
    const engine = await test.started({ workflows: [spoiling] });
    const runId = await start(
      engine,
      tell({
        events: [
          note('begun', {
            'effect.succeeded:a': {
              events: [note('a')],
              effects: [{ key: 'b', effect: call }],
              ...running,
            },
          }),
        ],
        effects: [{ key: 'a', effect: call }],
      }),
    );
    await eventually(async () =>
      expect(await notesOf(engine, runId)).toHaveLength(3),
    );
    const at = '1970-01-01T00:00:00.000Z';
    expect(states.slice(1)).toMatchObject([{ at }, { at }]);
    expect(JSON.stringify(states)).not.toContain('spoilt');
  });
});

describeDatabases('Places that become free', kind => {
  const test = useTestEngines(kind);

  it('go to what waits without a look for it', async () => {
    const slow = gate();
    let calls = 0;
    const engine = await test.started({
      concurrency: 2,
      pollMs: 60_000,
      handlers: {
        other: slow.handler,
        call: async (effect: Call, { runId }: EffectContext) => {
          expect(effect).toMatchObject(call);
          expect(await engine.read(runId)).toBeDefined();
          calls += 1;
          return { kind: 'done' };
        },
      },
    });
    const begin = (effect: Call) =>
      start(
        engine,
        tell({ events: [note('begun')], effects: [{ key: 'e', effect }] }),
      );
    await Promise.all([begin({ kind: 'other' }), begin({ kind: 'other' })]);
    await eventually(() => expect(slow.calls).toHaveLength(2));
    for (let waiting = 0; waiting < 10; waiting++) {
      await begin(call);
    }
    slow.calls.forEach(({ open }) => open());
    await eventually(async () =>
      expect(await test.knex('engine_runs').pluck('version')).toEqual(
        Array(12).fill(2),
      ),
    );
    expect(calls).toBe(10);
    expect(await test.knex('engine_effects')).toEqual([]);
  });

  it('go to what waits longest, also when it needs a target', async () => {
    const order: string[] = [];
    const first = gate();
    const engine = await test.started({
      concurrency: 1,
      pollMs: 60_000,
      handlers: {
        other: first.handler,
        call: async (_effect: Call, { key }: EffectContext) => {
          order.push(key);
          return { kind: 'done' };
        },
      },
    });
    const begin = (key: string, effect: Call, target?: string) =>
      start(
        engine,
        tell({
          events: [note('begun')],
          effects: [{ key, effect, target }],
        }),
      );
    await begin('first', { kind: 'other' });
    await eventually(() => expect(first.calls).toHaveLength(1));
    for (const [key, target] of [
      ['1 plain'],
      ['2 targeted', 'a'],
      ['3 plain'],
      ['4 plain'],
      ['5 targeted', 'b'],
      ['6 plain'],
    ]) {
      await begin(key, call, target);
      await new Promise(resolve => setTimeout(resolve, 3));
    }
    first.calls[0].open();
    await eventually(() => expect(order).toHaveLength(6));
    expect(order).toEqual(order.toSorted());
  });
});

describeDatabases(
  'A run that somebody else works on',
  kind => {
    const test = useTestEngines(kind);

    it('does not hold up the others', async () => {
      const slow = gate();
      const engine = await test.started({
        handlers: { call: slow.handler },
        leaseMs: 60_000,
      });
      const [held, free] = [
        await start(engine, withEffects('e')),
        await start(engine, withEffects('e')),
      ];
      await eventually(() => expect(slow.calls).toHaveLength(2));
      await test.connect().transaction(async tx => {
        await tx('engine_runs').where({ id: held }).forUpdate();
        slow.calls.forEach(({ open }) => open());
        await eventually(async () =>
          expect(await notesOf(engine, free)).toHaveLength(2),
        );
        expect(await notesOf(engine, held)).toHaveLength(1);
      });
      await eventually(async () =>
        expect(await notesOf(engine, held)).toHaveLength(2),
      );
    });
  },
  ['Postgres'],
);

describeDatabases(
  'A connection that breaks under a start',
  kind => {
    const test = useTestEngines(kind);

    it('does not begin a second run, because the first may be there', async () => {
      const engine = await test.engine();
      const connection = await test.knex.client.acquireRawConnection();
      await connection.end();
      const { query } = connection;
      const broken = jest
        .spyOn(Object.getPrototypeOf(connection), 'query')
        .mockImplementation(async function breaks(
          this: unknown,
          statement: unknown,
          ...others: unknown[]
        ) {
          const result = await query.call(this, statement, ...others);
          if (JSON.stringify(statement).includes('engine_write_steps')) {
            throw new Error('Connection terminated unexpectedly');
          }
          return result;
        });
      try {
        await expect(
          start(
            engine,
            tell({
              events: [note('begun')],
              status: { kind: 'waiting', wait: 'nothing' },
            }),
          ),
        ).rejects.toThrow('Connection terminated unexpectedly');
      } finally {
        broken.mockRestore();
      }
      expect(await test.knex('engine_runs')).toHaveLength(1);
    });
  },
  ['Postgres'],
);

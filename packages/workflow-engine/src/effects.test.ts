import { NotRetryableError } from './errors';
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
import { PROJECTION_TRIES } from './worker/Settler';

const call = { kind: 'call' } as const;

describeDatabases('Effects', kind => {
  const test = useTestEngines(kind);

  const start = async (engine: Engine, command: Tell) =>
    (await engine.startRun({ type: scripted.type, command, actor: ana })).run
      .id;
  const notes = async (engine: Engine, runId: string) =>
    (await engine.read<ScriptedState>(runId))!.state.notes;
  /** An effect 'e' after a first note. */
  const withEffect = (
    request: Partial<NonNullable<Tell['effects']>[number]> = {},
  ) =>
    tell({
      events: [note('a')],
      effects: [{ key: 'e', effect: call, ...request }],
    });
  /** A clock that stands still until it is moved. */
  const manualClock = () => {
    const clock = { at: 1_800_000_000_000, now: () => clock.at };
    return clock;
  };

  it('run and tell decide their result', async () => {
    const seen: unknown[] = [];
    const engine = await test.started({
      handlers: {
        call: async (
          effect: unknown,
          { signal, now, ...context }: EffectContext,
        ) => {
          seen.push({ effect, context });
          return { kind: 'done', result: { ok: [1, null] } };
        },
      },
    });
    const runId = await start(
      engine,
      withEffect({ effect: { kind: 'call', say: 'hi' } }),
    );
    await eventually(async () =>
      expect(await notes(engine, runId)).toEqual([
        'a',
        'e gave {"ok":[1,null]} at 1',
      ]),
    );
    expect(seen).toEqual([
      {
        effect: { kind: 'call', say: 'hi' },
        context: { runId, key: 'e', attempt: 1, epoch: 1, actor: ana },
      },
    ]);
    expect(await engine.read(runId)).toMatchObject({
      status: 'waiting',
      wait: 'nothing',
    });
    expect(await test.knex('engine_effects')).toEqual([]);
  });

  it('follow one another, also under the same key', async () => {
    const engine = await test.started();
    const again = {
      events: [note('again')],
      effects: [{ key: 'e', effect: call }],
    };
    const runId = await start(
      engine,
      tell({
        events: [note('a', { 'effect.succeeded:e': again })],
        effects: [{ key: 'e', effect: call }],
      }),
    );
    await eventually(async () =>
      expect((await notes(engine, runId)).length).toBeGreaterThan(5),
    );
    await engine.submit({
      runId,
      command: tell({ status: { kind: 'cancelled' } }),
      actor: ana,
    });
  });

  it('look again later without costing an attempt, and end with the result', async () => {
    const outcomes: EffectOutcome[] = [
      { kind: 'again', afterMs: 30 },
      { kind: 'again', afterMs: 0 },
      { kind: 'again', afterMs: 5 },
      { kind: 'done', result: 'there' },
    ];
    const attempts: number[] = [];
    const engine = await test.started({
      handlers: {
        call: async (_effect: never, { attempt }: { attempt: number }) => {
          attempts.push(attempt);
          return outcomes.shift()!;
        },
      },
    });
    const runId = await start(
      engine,
      withEffect({ retry: { maxAttempts: 1 } }),
    );
    await eventually(async () =>
      expect(await notes(engine, runId)).toEqual(['a', 'e gave "there" at 1']),
    );
    expect(attempts).toEqual([1, 1, 1, 1]);
  });

  it('are tried again with exponential back-off until their attempts are used up', async () => {
    const clock = manualClock();
    const tried: number[] = [];
    const engine = await test.started({
      clock,
      pollMs: 5,
      handlers: {
        call: async () => {
          tried.push(clock.at);
          throw new Error(`no ${tried.length}`);
        },
      },
    });
    const begin = clock.at;
    const runId = await start(
      engine,
      withEffect({
        retry: {
          maxAttempts: 4,
          initialDelayMs: 1000,
          factor: 3,
          maxDelayMs: 5000,
          jitter: false,
        },
      }),
    );
    for (const [count, step] of [1000, 3000, 5000].entries()) {
      await eventually(async () => {
        expect(tried).toHaveLength(count + 1);
        expect(await test.knex('engine_effects').pluck('state')).toEqual([
          'scheduled',
        ]);
      });
      clock.at += step - 1;
      await new Promise(resolve => setTimeout(resolve, 30));
      expect(tried).toHaveLength(count + 1);
      clock.at += 1;
    }
    await eventually(async () =>
      expect(await notes(engine, runId)).toEqual([
        'a',
        'e exhausted at 4: no 4',
      ]),
    );
    expect(tried.map(at => at - begin)).toEqual([0, 1000, 4000, 9000]);
  });

  it('spread their retries by jitter', async () => {
    const clock = manualClock();
    const engine = await test.started({
      clock,
      pollMs: 5,
      random: () => 0.25,
      handlers: {
        call: async () => {
          throw new Error('no');
        },
      },
    });
    await start(engine, withEffect({ retry: { initialDelayMs: 1000 } }));
    await eventually(async () =>
      expect(
        (await test.knex('engine_effects').pluck('due_at')).map(Number),
      ).toEqual([clock.at + 250]),
    );
  });

  it('fail at once when trying again cannot help', async () => {
    const engine = await test.started({
      handlers: {
        call: async () => {
          throw new NotRetryableError('no such cluster');
        },
      },
    });
    const runId = await start(engine, withEffect());
    await eventually(async () =>
      expect(await notes(engine, runId)).toEqual([
        'a',
        'e not-retryable at 1: no such cluster',
      ]),
    );
  });

  it('fail when their deadline passes, whether they wait or run', async () => {
    const blocked = gate();
    const engine = await test.started({ handlers: { call: blocked.handler } });
    const waitingRun = await start(
      engine,
      withEffect({
        notBefore: Date.now() + 60_000,
        deadlineAt: Date.now() + 150,
      }),
    );
    const runningRun = await start(
      engine,
      withEffect({ deadlineAt: Date.now() + 150 }),
    );
    const message = 'The deadline passed before the effect was done';
    await eventually(async () => {
      expect(await notes(engine, waitingRun)).toEqual([
        'a',
        `e deadline at 0: ${message}`,
      ]);
      expect(await notes(engine, runningRun)).toEqual([
        'a',
        `e deadline at 1: ${message}`,
      ]);
    });
    expect(blocked.calls.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  it('are aborted and tried again when an attempt takes too long', async () => {
    const signals: AbortSignal[] = [];
    const engine = await test.started({
      handlers: {
        call: (
          _effect: never,
          { signal, attempt }: { signal: AbortSignal; attempt: number },
        ) => {
          signals.push(signal);
          return attempt === 1
            ? new Promise<EffectOutcome>(() => undefined)
            : Promise.resolve<EffectOutcome>({ kind: 'done', result: attempt });
        },
      },
    });
    const runId = await start(
      engine,
      withEffect({ timeoutMs: 50, retry: { initialDelayMs: 1 } }),
    );
    await eventually(async () =>
      expect(await notes(engine, runId)).toEqual(['a', 'e gave 2 at 2']),
    );
    expect(signals[0].reason).toMatchObject({ name: 'EffectTimeoutError' });
  });

  it('are aborted when their run lets go of them, and their result is discarded', async () => {
    const blocked = gate();
    const engine = await test.started({ handlers: { call: blocked.handler } });
    const runId = await start(engine, withEffect());
    await eventually(() => expect(blocked.calls).toHaveLength(1));
    await engine.submit({
      runId,
      command: tell({
        events: [note('stop')],
        cancelEffects: ['e', 'never heard of'],
        status: { kind: 'waiting', wait: 'nothing' },
      }),
      actor: ana,
    });
    expect(blocked.calls[0].signal.reason).toMatchObject({
      name: 'EffectCancelledError',
    });
    blocked.calls[0].open();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(await notes(engine, runId)).toEqual(['a', 'stop']);
  });

  it('are aborted in the engine that runs them when another cancels', async () => {
    const blocked = gate();
    const worker = await test.started({
      knex: test.connect(),
      pollMs: 60_000,
      handlers: { call: blocked.handler },
    });
    const runId = await start(worker, withEffect());
    await eventually(() => expect(blocked.calls).toHaveLength(1));
    const other = await test.engine();
    await other.submit({
      runId,
      command: tell({ status: { kind: 'cancelled' } }),
      actor: ana,
    });
    await eventually(() => expect(blocked.calls[0].signal.aborted).toBe(true));
  });

  it('of high priority go first, but old ones finally beat new ones', async () => {
    const clock = manualClock();
    const order: string[] = [];
    const engine = await test.engine({
      clock,
      concurrency: 1,
      ageingMs: 1000,
      handlers: {
        call: async (_effect: never, { key }: { key: string }) => {
          order.push(key);
          return { kind: 'done' };
        },
      },
    });
    const add = (key: string, priority: number) =>
      start(
        engine,
        tell({
          events: [note('a')],
          effects: [{ key, effect: call, priority }],
        }),
      );
    await add('old and low', 0);
    clock.at += 2000;
    await add('newer, one higher', 1);
    await add('newer, five higher', 5);
    await add('newer and low', 0);
    await engine.start();
    await eventually(() => expect(order).toHaveLength(4));
    expect(order).toEqual([
      'newer, five higher',
      'old and low',
      'newer, one higher',
      'newer and low',
    ]);
  });

  it('that fan out never exceed the concurrency of the engine, and all end', async () => {
    let running = 0;
    let most = 0;
    const engine = await test.started({
      concurrency: 3,
      handlers: {
        call: async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise(resolve => setTimeout(resolve, 5));
          running -= 1;
          return { kind: 'done' };
        },
      },
    });
    const runId = await start(
      engine,
      tell({
        events: [note('a')],
        effects: Array.from({ length: 20 }, (_, index) => ({
          key: `e${index}`,
          effect: call,
        })),
      }),
    );
    await eventually(async () =>
      expect(await notes(engine, runId)).toHaveLength(21),
    );
    expect(most).toBe(3);
  });

  describe('when decide throws on what the engine tells it,', () => {
    it('park their run where a person can see it and go on, and nothing is lost', async () => {
      let broken = true;
      const engine = await test.started({
        workflows: [
          {
            ...scripted,
            decide: (state, command, context) => {
              if (broken && command.type !== 'tell') {
                throw new RangeError('a bug');
              }
              return scripted.decide(
                state as ScriptedState,
                command as Tell,
                context,
              );
            },
          },
        ],
      });
      const runId = await start(
        engine,
        tell({
          events: [note('a')],
          effects: [
            { key: 'e', effect: call },
            { key: 'f', effect: call },
          ],
          timers: [{ name: 't', at: Date.now() + 30 }],
          status: { kind: 'waiting', wait: 'approval' },
        }),
      );
      await eventually(async () => {
        expect(await engine.read(runId)).toMatchObject({
          status: 'waiting',
          wait: 'engine.decide-failed',
          detail: 'RangeError: a bug',
          version: 1,
        });
        expect(await test.knex('engine_effects').pluck('state')).toEqual([
          'parked',
          'parked',
        ]);
      });
      await new Promise(resolve => setTimeout(resolve, 60));
      broken = false;
      const { run } = await engine.submit({
        runId,
        command: tell({ events: [note('repaired')] }),
        actor: ana,
      });
      expect(run).toMatchObject({ status: 'waiting', wait: 'approval' });
      await eventually(async () =>
        expect(await notes(engine, runId)).toHaveLength(5),
      );
      expect(new Set(await notes(engine, runId))).toEqual(
        new Set([
          'a',
          'repaired',
          'e gave undefined at 1',
          'f gave undefined at 1',
          'fired t',
        ]),
      );
    });

    it('but not when the database lets others go first, however often', async () => {
      let refusals = 0;
      const engine = await test.started({
        workflows: [
          {
            ...scripted,
            async project() {
              if (refusals > 0) {
                refusals -= 1;
                throw Object.assign(new Error('deadlock detected'), {
                  code: '40P01',
                });
              }
            },
          },
        ],
      });
      const runId = await start(
        engine,
        withEffect({ notBefore: Date.now() + 50 }),
      );
      refusals = 2 * PROJECTION_TRIES;
      await eventually(async () => {
        expect(await notes(engine, runId)).toContain('e gave undefined at 1');
      });
      expect(refusals).toBe(0);
    });

    it('and when the projection fails for good', async () => {
      let broken = false;
      const engine = await test.started({
        workflows: [
          {
            ...scripted,
            async project(tx) {
              if (broken) {
                await tx.raw('SELECT ? FROM no_such_table', ['s3cret']);
              }
            },
          },
        ],
      });
      const runId = await start(
        engine,
        withEffect({ notBefore: Date.now() + 50 }),
      );
      const timed = await start(
        engine,
        tell({
          events: [note('a')],
          timers: [{ name: 't', at: Date.now() + 50 }],
        }),
      );
      broken = true;
      await eventually(async () => {
        for (const id of [runId, timed]) {
          expect(await engine.read(id)).toMatchObject({
            wait: 'engine.decide-failed',
            detail: expect.stringContaining('no_such_table'),
          });
        }
      });
      const told = [
        ...test.logger.lines,
        ...(await test.knex('engine_runs').pluck('detail')),
      ].join();
      expect(told).toContain('no_such_table');
      expect(told).not.toContain('s3cret');
      broken = false;
      for (const id of [runId, timed]) {
        await engine.submit({ runId: id, command: tell({}), actor: ana });
      }
      await eventually(async () => {
        expect(await notes(engine, runId)).toEqual([
          'a',
          'e gave undefined at 1',
        ]);
        expect(await notes(engine, timed)).toEqual(['a', 'fired t']);
      });
    });
  });
});

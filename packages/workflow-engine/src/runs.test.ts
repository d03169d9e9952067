import type { Engine } from './api/engine';
import {
  DuplicateEffectError,
  IdempotencyConflictError,
  InvariantViolationError,
  RunExistsError,
  RunFinishedError,
  RunNotFoundError,
  UnknownWorkflowError,
  VersionConflictError,
} from './errors';
import type { ScriptedState } from './__testUtils__/scriptedWorkflow';
import { ana, note, scripted, tell } from './__testUtils__/scriptedWorkflow';
import { describeDatabases } from './__testUtils__/testDatabases';
import { useTestEngines } from './__testUtils__/testEngines';

const waiting = { kind: 'waiting', wait: 'person' } as const;
const type = scripted.type;

describeDatabases(
  'Runs',
  kind => {
    const test = useTestEngines(kind);
    let engine: Engine;
    beforeEach(async () => {
      engine = await test.engine();
    });

    const start = (
      command = tell({ events: [note('begun')], status: waiting }),
    ) => engine.startRun({ type, command, actor: ana });

    it('begin with a command and can be read with their history', async () => {
      const { run, events, replayed } = await engine.startRun({
        type,
        command: tell({
          events: [note('a'), note('b')],
          status: { ...waiting, detail: 'for Ana' },
        }),
        actor: ana,
        priority: 3,
      });
      expect(replayed).toBe(false);
      expect(run).toMatchObject({
        type,
        version: 2,
        state: { notes: ['a', 'b'] },
        status: 'waiting',
        wait: 'person',
        detail: 'for Ana',
        priority: 3,
      });
      expect(run.finishedAt).toBeUndefined();
      expect(run.wakeAt).toBeUndefined();
      expect(await engine.read(run.id)).toEqual(run);
      const history = await engine.history(run.id);
      expect(history).toEqual(events);
      expect(history).toEqual([
        expect.objectContaining({
          id: `${run.id}:1`,
          runId: run.id,
          runType: type,
          version: 1,
          type: 'noted',
          data: note('a'),
          actor: ana,
          at: expect.stringMatching(/^\d{4}-.*Z$/),
        }),
        expect.objectContaining({ version: 2, data: note('b') }),
      ]);
      expect(await engine.history(run.id, { afterVersion: 1 })).toEqual([
        events[1],
      ]);
      expect(await engine.history(run.id, { limit: 1 })).toEqual([events[0]]);
      expect(await engine.read('nobody')).toBeUndefined();
    });

    it('take commands one after the other, however many come at once', async () => {
      const { run } = await start();
      await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          engine.submit({
            runId: run.id,
            command: tell({ events: [note(`n${index}`)] }),
            actor: ana,
          }),
        ),
      );
      const after = await engine.read<ScriptedState>(run.id);
      expect(after).toMatchObject({
        version: 13,
        status: 'waiting',
        wait: 'person',
      });
      expect(new Set(after!.state.notes).size).toBe(13);
      expect(
        (await engine.history(run.id)).map(event => event.version),
      ).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
    });

    it('refuse a command with the error that decide threw, and write nothing', async () => {
      const { run } = await start();
      const refused = engine.submit({
        runId: run.id,
        command: tell({ events: [note('x')], throws: 'not now' }),
        actor: ana,
      });
      await expect(refused).rejects.toThrow(new RangeError('not now'));
      expect(await engine.read(run.id)).toEqual(run);
    });

    it('roll everything back when the projection fails', async () => {
      const failing = await test.engine({
        workflows: [
          {
            ...scripted,
            async project(tx, { run }) {
              await tx('engine_targets').insert({
                name: run.id,
                concurrency: 1,
                breaker: 'closed',
                failures: 0,
                opens: 0,
                updated_at: 0,
              });
              throw new TypeError('no such column');
            },
          },
        ],
      });
      await expect(
        failing.startRun({
          type,
          id: 'r1',
          idempotencyKey: 'k1',
          command: tell({
            events: [note('a')],
            effects: [{ key: 'e', effect: { kind: 'call' } }],
          }),
          actor: ana,
        }),
      ).rejects.toThrow(new TypeError('no such column'));
      expect(await engine.read('r1')).toBeUndefined();
      for (const table of ['events', 'effects', 'idempotency', 'targets']) {
        expect(await test.knex(`engine_${table}`)).toEqual([]);
      }
    });

    it("commit and roll back with the caller's transaction", async () => {
      const tx = await test.knex.transaction();
      await engine.startRun({
        type,
        id: 'in-tx',
        command: tell({ events: [note('a')], status: waiting }),
        actor: ana,
        tx,
      });
      expect(await engine.read('in-tx', { tx })).toMatchObject({ version: 1 });
      await tx.rollback();
      expect(await engine.read('in-tx')).toBeUndefined();

      const hints: (string | undefined)[] = [];
      const unsubscribe = engine.onChange(({ runId }) => hints.push(runId));
      await test.knex.transaction(async inner => {
        await engine.startRun({
          type,
          id: 'in-tx',
          command: tell({ events: [note('a')], status: waiting }),
          actor: ana,
          tx: inner,
        });
        expect(hints).toEqual([]);
      });
      await new Promise(setImmediate);
      expect(hints).toEqual(['in-tx']);
      unsubscribe();
      expect(await engine.read('in-tx')).toMatchObject({ version: 1 });
    });

    describe('keep their invariants:', () => {
      it.each([
        ['run without a wake', tell({ events: [note('a')] })],
        [
          'a wait without a name',
          tell({ events: [note('a')], status: { kind: 'waiting', wait: '' } }),
        ],
        [
          "a wait of the engine's own",
          tell({
            events: [note('a')],
            status: { kind: 'waiting', wait: 'engine.x' },
          }),
        ],
        ['no first event', tell({ events: [], status: waiting })],
        [
          'a finished run with an effect',
          tell({
            events: [note('a')],
            effects: [{ key: 'e', effect: { kind: 'call' } }],
            status: { kind: 'succeeded' },
          }),
        ],
        [
          'a finished run with a timer',
          tell({
            events: [note('a')],
            timers: [{ name: 't', at: 1 }],
            status: { kind: 'failed' },
          }),
        ],
        [
          'a timer at no time',
          tell({ events: [note('a')], timers: [{ name: 't', at: NaN }] }),
        ],
        [
          'no attempts',
          tell({
            events: [note('a')],
            effects: [
              { key: 'e', effect: { kind: 'call' }, retry: { maxAttempts: 0 } },
            ],
          }),
        ],
        [
          'an effect without handler',
          tell({
            events: [note('a')],
            // As a workflow written in JavaScript might.
            effects: [
              { key: 'e', effect: JSON.parse('{"kind":"unheard of"}') },
            ],
          }),
        ],
      ])('%s is refused', async (_name, command) => {
        await expect(start(command)).rejects.toThrow(InvariantViolationError);
        expect(await test.knex('engine_runs')).toEqual([]);
      });

      it('cancelling the last effect would leave the run asleep', async () => {
        const { run } = await start(
          tell({
            events: [note('a')],
            effects: [{ key: 'e', effect: { kind: 'call' } }],
          }),
        );
        await expect(
          engine.submit({
            runId: run.id,
            command: tell({ cancelEffects: ['e'] }),
            actor: ana,
          }),
        ).rejects.toThrow(InvariantViolationError);
        expect(await test.knex('engine_effects')).toHaveLength(1);
      });

      it('an effect key may not be open twice', async () => {
        const effects = [{ key: 'e', effect: { kind: 'call' as const } }];
        const { run } = await start(tell({ events: [note('a')], effects }));
        await expect(
          engine.submit({
            runId: run.id,
            command: tell({ effects }),
            actor: ana,
          }),
        ).rejects.toThrow(DuplicateEffectError);
        const again = await engine.submit({
          runId: run.id,
          command: tell({ cancelEffects: ['e'], effects }),
          actor: ana,
        });
        expect(again.run.status).toBe('running');
        expect(await test.knex('engine_effects')).toHaveLength(1);
      });
    });

    it.each(['succeeded', 'failed', 'cancelled'] as const)(
      'never leave %s, and lose their effects and timers with it',
      async kindOfEnd => {
        const { run } = await start(
          tell({
            events: [note('a')],
            effects: [{ key: 'e', effect: { kind: 'call' } }],
            timers: [{ name: 't', at: Date.now() + 60_000 }],
          }),
        );
        expect(run.wakeAt).toBeDefined();
        const ended = await engine.submit({
          runId: run.id,
          command: tell({
            events: [note('z')],
            status: { kind: kindOfEnd, detail: 'over' },
          }),
          actor: ana,
        });
        expect(ended.run).toMatchObject({ status: kindOfEnd, detail: 'over' });
        expect(ended.run.finishedAt).toBeDefined();
        expect(ended.run.wakeAt).toBeUndefined();
        expect(await engine.read(run.id)).toEqual(ended.run);
        expect(await test.knex('engine_effects')).toEqual([]);
        expect(await test.knex('engine_runs').pluck('timer_at')).toEqual([
          null,
        ]);
        await expect(
          engine.submit({
            runId: run.id,
            command: tell({ status: waiting }),
            actor: ana,
          }),
        ).rejects.toThrow(RunFinishedError);
      },
    );

    it('say clearly what is wrong with a call', async () => {
      const { run } = await start();
      const submit = (runId: string, expectedVersion?: number) =>
        engine.submit({
          runId,
          expectedVersion,
          command: tell({ events: [note('n')] }),
          actor: ana,
        });
      await expect(submit('nobody')).rejects.toThrow(RunNotFoundError);
      await expect(submit(run.id, 7)).rejects.toThrow(VersionConflictError);
      await expect(submit(run.id, 7)).rejects.toMatchObject({
        expectedVersion: 7,
        actualVersion: 1,
      });
      expect((await submit(run.id, 1)).run.version).toBe(2);
      const command = tell({ events: [note('n')], status: waiting });
      await expect(
        engine.startRun({ type, id: run.id, command, actor: ana }),
      ).rejects.toThrow(RunExistsError);
      await expect(
        engine.startRun({ type: 'none', command, actor: ana }),
      ).rejects.toThrow(UnknownWorkflowError);
    });

    describe('are idempotent by key:', () => {
      const command = tell({ events: [note('a')], status: waiting });

      it('the same start gives the same run, whatever the order of the keys', async () => {
        const first = await engine.startRun({
          type,
          command,
          actor: ana,
          idempotencyKey: 'k',
        });
        const { type: commandType, ...rest } = command;
        const second = await engine.startRun({
          type,
          command: { ...rest, type: commandType },
          actor: ana,
          idempotencyKey: 'k',
        });
        expect(second).toEqual({ ...first, replayed: true });
        await expect(
          engine.startRun({
            type,
            command: tell({ events: [note('b')], status: waiting }),
            actor: ana,
            idempotencyKey: 'k',
          }),
        ).rejects.toThrow(IdempotencyConflictError);
      });

      it('identical starts at once begin exactly one run', async () => {
        const other = await test.engine({ knex: test.connect() });
        const results = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            (index % 2 ? engine : other).startRun({
              type,
              command,
              actor: ana,
              idempotencyKey: 'k',
            }),
          ),
        );
        expect(new Set(results.map(({ run }) => run.id)).size).toBe(1);
        expect(results.filter(({ replayed }) => !replayed)).toHaveLength(1);
        expect(await test.knex('engine_events')).toHaveLength(1);
      });

      it('a command is taken once and its events are given again, even when the run has finished', async () => {
        const { run } = await start();
        const finish = tell({
          events: [note('z')],
          status: { kind: 'succeeded' },
        });
        const submit = (given: typeof finish) =>
          engine.submit({
            runId: run.id,
            command: given,
            actor: ana,
            idempotencyKey: 'k',
          });
        const [first, second] = await Promise.all([
          submit(finish),
          submit(finish),
        ]);
        expect([first.replayed, second.replayed].sort()).toEqual([false, true]);
        expect(second.events).toEqual(first.events);
        expect(second.run).toEqual(first.run);
        await expect(submit(tell({ events: [note('other')] }))).rejects.toThrow(
          IdempotencyConflictError,
        );
      });

      it('what was accepted stays accepted although decide would refuse it by now', async () => {
        let refuse = false;
        const moody = await test.engine({
          workflows: [
            {
              ...scripted,
              decide(state, given, context) {
                if (refuse) {
                  throw new Error('too late');
                }
                return scripted.decide(
                  state as ScriptedState,
                  given as typeof command,
                  context,
                );
              },
            },
          ],
        });
        const first = await moody.startRun({
          type,
          command,
          actor: ana,
          idempotencyKey: 'k',
        });
        refuse = true;
        const second = await moody.startRun({
          type,
          command,
          actor: ana,
          idempotencyKey: 'k',
        });
        expect(second.run.id).toBe(first.run.id);
        await expect(
          moody.startRun({ type, command, actor: ana, idempotencyKey: 'k2' }),
        ).rejects.toThrow('too late');
      });

      it('keys are forgotten when they are old', async () => {
        await engine.startRun({
          type,
          command,
          actor: ana,
          idempotencyKey: 'k',
        });
        expect(await engine.purgeIdempotency(60_000)).toBe(0);
        expect(await engine.purgeIdempotency(-60_000)).toBe(1);
        const again = await engine.startRun({
          type,
          command,
          actor: ana,
          idempotencyKey: 'k',
        });
        expect(again.replayed).toBe(false);
      });
    });
  },
  ['SQLite in memory', 'SQLite in a file', 'Postgres'],
);

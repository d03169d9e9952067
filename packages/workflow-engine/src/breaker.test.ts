import { NotRetryableError } from './errors';
import type { EffectContext, EffectOutcome } from './api/effects';
import type { Engine, EngineOptions } from './api/engine';
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

const call = { kind: 'call' } as const;
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

describeDatabases('The circuit breaker of a target', kind => {
  const test = useTestEngines(kind);
  let clock: { at: number; now(): number };
  let healthy: boolean;
  let tried: string[];
  let options: Partial<EngineOptions>;
  beforeEach(() => {
    clock = { at: 1_800_000_000_000, now: () => clock.at };
    healthy = false;
    tried = [];
    options = {
      clock,
      pollMs: 5,
      breaker: { failures: 3, coolDownMs: 1000, maxCoolDownMs: 3000 },
      targetConcurrency: 2,
      handlers: {
        call: async (
          _effect: unknown,
          { key }: EffectContext,
        ): Promise<EffectOutcome> => {
          tried.push(key);
          await pause(2);
          if (!healthy) {
            throw new Error('connection refused');
          }
          return { kind: 'done' };
        },
      },
    };
  });

  const add = async (engine: Engine, key: string) =>
    (
      await engine.startRun({
        type: scripted.type,
        actor: ana,
        command: tell({
          events: [note('a')],
          effects: [
            {
              key,
              effect: call,
              target: 'cluster',
              retry: { maxAttempts: 50, initialDelayMs: 0, jitter: false },
            },
          ],
        }),
      })
    ).run.id;
  const state = async (engine: Engine) => (await engine.readTargets())[0];

  it('opens, probes one at a time, closes, and stands in the database', async () => {
    const first = await test.started(options);
    const runs = [
      await add(first, 'one'),
      await add(first, 'two'),
      await add(first, 'three'),
    ];
    await eventually(async () =>
      expect(await state(first)).toMatchObject({
        breaker: 'open',
        retryAt: new Date(clock.at + 1000).toISOString(),
        lastError: { name: 'Error', message: 'connection refused' },
      }),
    );
    await eventually(async () => expect((await state(first)).running).toBe(0));
    const count = tried.length;
    // Two ran at once, so one more may have failed after the third.
    expect(count).toBeLessThanOrEqual(4);
    await pause(40);
    expect(tried).toHaveLength(count);
    const [{ burnt }] = await test
      .knex('engine_effects')
      .sum({ burnt: 'attempts' });
    expect(Number(burnt)).toBe(count);
    await first.stop();

    const second = await test.started({ ...options, knex: test.connect() });
    const third = await test.started(options);
    await pause(30);
    expect(tried).toHaveLength(count);

    clock.at += 1000;
    await eventually(async () =>
      expect(await state(second)).toMatchObject({
        breaker: 'open',
        retryAt: new Date(clock.at + 2000).toISOString(),
      }),
    );
    expect(tried).toHaveLength(count + 1);
    clock.at += 2000;
    await eventually(async () =>
      expect(await state(second)).toMatchObject({
        breaker: 'open',
        // Not 4000: the limit.
        retryAt: new Date(clock.at + 3000).toISOString(),
      }),
    );
    expect(tried).toHaveLength(count + 2);

    healthy = true;
    clock.at += 3000;
    await eventually(async () => {
      expect(await state(third)).toMatchObject({
        breaker: 'closed',
        failures: 0,
      });
      for (const runId of runs) {
        expect(
          (await third.read<ScriptedState>(runId))!.state.notes,
        ).toHaveLength(2);
      }
    });
  });

  it('is not touched by looking again nor by errors that are not retryable', async () => {
    let looks = 0;
    const engine = await test.started({
      ...options,
      handlers: {
        call: async (
          _effect: unknown,
          { key }: EffectContext,
        ): Promise<EffectOutcome> => {
          if (key === 'bad') {
            throw new NotRetryableError('no such thing');
          }
          looks += 1;
          return looks < 6 ? { kind: 'again', afterMs: 0 } : { kind: 'done' };
        },
      },
    });
    const runIds = await Promise.all(
      ['bad', 'look', 'bad', 'bad', 'bad'].map(key => add(engine, key)),
    );
    await eventually(async () => {
      for (const runId of runIds) {
        expect(await engine.read(runId)).toMatchObject({ version: 2 });
      }
    });
    expect(await state(engine)).toMatchObject({
      breaker: 'closed',
      failures: 0,
    });
  });

  it('can be closed by hand', async () => {
    const engine = await test.started(options);
    const runId = await add(engine, 'one');
    await eventually(async () =>
      expect(await state(engine)).toMatchObject({ breaker: 'open' }),
    );
    healthy = true;
    await engine.resetTarget('cluster', ana);
    await eventually(async () =>
      expect(await engine.read(runId)).toMatchObject({ version: 2 }),
    );
    expect(test.logger.lines).toContain(
      "The circuit breaker of target 'cluster' was reset by user:default/ana",
    );
  });
});

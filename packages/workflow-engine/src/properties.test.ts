import fc from 'fast-check';
import type { Knex } from 'knex';
import type { EffectContext, EffectOutcome } from './api/effects';
import type { Engine } from './api/engine';
import type { RecordedEvent, RunRecord } from './api/records';
import { createEngine } from './createEngine';
import { migrate } from './migrate';
import {
  ana,
  collectingLogger,
  eventually,
} from './__testUtils__/scriptedWorkflow';
import type { TestDatabase } from './__testUtils__/testDatabases';
import { describeDatabases } from './__testUtils__/testDatabases';
import type {
  TransferCommand,
  TransferEffect,
  TransferEvent,
  TransferState,
} from './__testUtils__/transferWorkflow';
import { transfer } from './__testUtils__/transferWorkflow';

type Action =
  | { do: 'submit'; run: number; command: TransferCommand }
  | { do: 'crash' }
  | { do: 'restart' }
  | { do: 'pause'; ms: number };

const command: fc.Arbitrary<TransferCommand> = fc.oneof(
  fc.record({
    type: fc.constant('remark' as const),
    text: fc.string({ unit: 'binary', maxLength: 8 }),
  }),
  fc.constantFrom<TransferCommand>(
    { type: 'hold' },
    { type: 'release' },
    { type: 'cancel' },
  ),
);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      run: fc.nat(3),
      command,
    }),
  },
  { weight: 2, arbitrary: fc.constant<Action>({ do: 'crash' }) },
  { weight: 1, arbitrary: fc.constant<Action>({ do: 'restart' }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pause' as const), ms: fc.nat(12) }),
  },
);
const trouble = fc.constantFrom(
  'ok',
  'ok',
  'ok',
  'slow',
  'again',
  'error',
  'booked, then error',
);

class Bank {
  readonly bookings = new Map<string, { account: string; amount: number }>();
  #calls = 0;
  constructor(private readonly troubles: string[]) {}

  readonly book = async (
    effect: TransferEffect,
    { runId, key }: EffectContext,
  ): Promise<EffectOutcome> => {
    const next = this.troubles[this.#calls++ % this.troubles.length];
    // A refund must come in the end, whatever the trouble.
    const spared = this.#calls > 200;
    if (next === 'again' && !spared) {
      return { kind: 'again', afterMs: 2 };
    }
    if (next === 'error' && !spared) {
      throw new Error('the bank is closed');
    }
    if (next === 'slow') {
      await new Promise(resolve => setTimeout(resolve, 15));
    }
    this.bookings.set(`${runId}/${key}`, effect);
    if (next === 'booked, then error' && !spared) {
      throw new Error('the line went dead');
    }
    return { kind: 'done' };
  };
}

describeDatabases('Whatever happens,', kind => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await kind.create();
    await migrate(database.knex);
  });
  afterAll(() => database.destroy());

  async function play(actions: Action[], troubles: string[]): Promise<void> {
    for (const table of [
      'runs',
      'events',
      'effects',
      'targets',
      'idempotency',
    ]) {
      await database.knex(`engine_${table}`).delete();
    }
    const bank = new Bank(troubles);
    const make = async (knex: Knex) => {
      const engine = await createEngine({
        knex,
        workflows: [transfer],
        handlers: { book: bank.book },
        logger: collectingLogger(),
        pollMs: 5,
        leaseMs: 3000,
        breaker: { failures: 3, coolDownMs: 5, maxCoolDownMs: 10 },
      });
      await engine.start();
      return engine;
    };
    const engines = [await make(database.knex), await make(database.connect())];
    const results: RecordedEvent[] = [];
    try {
      for (let run = 0; run < 4; run++) {
        const begun = await engines[run % 2].startRun<TransferCommand>({
          type: transfer.type,
          id: `r${run}`,
          actor: ana,
          command: {
            type: 'transfer',
            from: `a${run % 2}`,
            to: 'b',
            amount: 10 + run,
          },
        });
        results.push(...begun.events);
      }
      for (const [index, step] of actions.entries()) {
        switch (step.do) {
          case 'submit':
            try {
              const { events } = await engines[index % 2].submit({
                runId: `r${step.run}`,
                command: step.command,
                actor: ana,
              });
              results.push(...events);
            } catch (error) {
              // Refusals are part of the model; whatever else goes wrong is not.
              expect((error as Error).message).toMatch(
                /held|too late|takes no more commands|would stand still/,
              );
            }
            break;
          case 'crash':
            await database
              .knex('engine_effects')
              .where({ state: 'leased' })
              .update({ lease_until: 1 });
            break;
          case 'restart':
            await engines[index % 2].stop({ drainMs: 0 });
            engines[index % 2] = await make(database.knex);
            break;
          default:
            await new Promise(resolve => setTimeout(resolve, step.ms));
        }
        await assertAwake();
      }
      await eventually(async () => {
        for (let run = 0; run < 4; run++) {
          expect(['succeeded', 'failed']).toContain(
            (await engines[0].read(`r${run}`))!.status,
          );
        }
      }, 10_000);
      await assertHistory(engines[0], results);
      await assertMoney(engines[0], bank);
    } finally {
      await Promise.all(engines.map(engine => engine.stop({ drainMs: 0 })));
    }
  }

  /** No run may stand without a wake time or a named wait. */
  async function assertAwake(): Promise<void> {
    const asleep = await database
      .knex('engine_runs')
      .where({ status: 'running', timer_at: null })
      .whereNotExists(
        database
          .knex('engine_effects')
          .whereRaw('engine_effects.run_id = engine_runs.id'),
      );
    expect(asleep).toEqual([]);
    const unnamed = await database
      .knex('engine_runs')
      .where({ status: 'waiting', wait: null });
    expect(unnamed).toEqual([]);
  }

  async function assertHistory(
    engine: Engine,
    results: RecordedEvent[],
  ): Promise<void> {
    const all: RecordedEvent[] = [];
    for (let run = 0; run < 4; run++) {
      const record = (await engine.read<TransferState>(
        `r${run}`,
      )) as RunRecord<TransferState>;
      const history = await engine.history<TransferEvent>(`r${run}`);
      expect(history.map(event => event.version)).toEqual(
        history.map((_, index) => index + 1),
      );
      expect(record.version).toBe(history.length);
      let state: TransferState | undefined;
      for (const event of history) {
        state = transfer.evolve(state, event.data);
      }
      expect(record.state).toEqual(state);
      const ends = history.filter(({ type }) => /credited|refunded/.test(type));
      expect(ends).toHaveLength(1);
      // Nothing happens after the end.
      expect(history.at(-1)).toEqual(ends[0]);
      all.push(...history);
    }
    const feed = await engine.feed({ limit: 1000 });
    expect(feed.events.map(({ id }) => id).sort()).toEqual(
      all.map(({ id }) => id).sort(),
    );
    for (const result of results) {
      expect(all).toContainEqual(result);
    }
    expect(await database.knex('engine_effects')).toEqual([]);
  }

  /** Every transfer has moved its money, or has taken the debit back if it was booked. */
  async function assertMoney(engine: Engine, bank: Bank): Promise<void> {
    for (let run = 0; run < 4; run++) {
      const { status } = (await engine.read(`r${run}`))!;
      const booked = (key: string) =>
        bank.bookings.get(`r${run}/${key}`)?.amount ?? 0;
      if (status === 'succeeded') {
        expect(booked('debit') + booked('credit')).toBe(0);
        expect(booked('refund')).toBe(0);
      } else {
        expect(booked('refund')).toBe(10 + run);
      }
    }
  }

  // eslint-disable-next-line jest/expect-expect -- the expectations are in play
  it('no event is lost or doubled, no run falls asleep and no end is left', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 3, maxLength: 25 }),
        fc
          .array(trouble, { minLength: 1, maxLength: 20 })
          .filter(all => all.includes('ok')),
        play,
      ),
      { numRuns: 20, endOnFailure: true },
    );
  }, 120_000);
});

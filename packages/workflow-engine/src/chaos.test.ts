import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { Fleet } from './__testUtils__/chaos/Fleet';
import { connectChaos } from './__testUtils__/chaos/connectChaos';
import { Ledger } from './__testUtils__/chaos/ledger';
import { Witness } from './__testUtils__/chaos/witness';
import { eventually } from './__testUtils__/scriptedWorkflow';
import type { TestDatabase } from './__testUtils__/testDatabases';
import { describeDatabases } from './__testUtils__/testDatabases';
import { migrate } from './migrate';

const full = process.env.SLIPWAY_CHAOS === 'full';
const size = full
  ? { workers: 3, runs: 520, kills: 210, sqliteRuns: 100, sqliteKills: 40 }
  : { workers: 3, runs: 24, kills: 4, sqliteRuns: 10, sqliteKills: 2 };
const seed = Number(process.env.SLIPWAY_CHAOS_SEED ?? Date.now() % 1_000_000);
const LEGS = 4;
const LEASE_MS = 1200;

/** Mulberry32: small, good enough, and the same again from the same seed. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const departing = (legMs: number) => ({
  type: 'depart' as const,
  legs: LEGS,
  legMs,
});

describeDatabases(
  `Worker processes (SLIPWAY_CHAOS_SEED=${seed})`,
  kind => {
    jest.setTimeout(full ? 1_200_000 : 120_000);
    const onPostgres = kind.name === 'Postgres';
    const random = randomFrom(seed);
    let database: TestDatabase | undefined;
    let directory: string;
    let knex: Knex;
    let ledger: Ledger;
    let fleet: Fleet;
    let witness: Witness;

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'slipway-chaos-'));
      let location = join(directory, 'engine.sqlite');
      if (onPostgres) {
        database = await kind.create();
        const { rows } = await database.knex.raw(
          'SELECT current_database() AS name',
        );
        const url = new URL(process.env.SLIPWAY_TEST_POSTGRES!);
        url.pathname = `/${rows[0].name}`;
        location = url.toString();
      }
      knex = connectChaos(location);
      await migrate(knex);
      const ledgerDirectory = await mkdtemp(join(directory, 'ledger-'));
      ledger = new Ledger(ledgerDirectory);
      fleet = new Fleet(
        { location, ledger: ledgerDirectory, leaseMs: LEASE_MS },
        random,
      );
      witness = await Witness.create(knex);
    });

    afterEach(async () => {
      await fleet.disband();
      await knex.destroy();
      await database?.destroy();
      database = undefined;
      await rm(directory, { recursive: true });
    });

    async function allEnd(runs: number): Promise<void> {
      await eventually(
        async () => {
          expect(await witness.look()).toBe(runs);
          expect(fleet.unanswered).toBe(0);
        },
        full ? 300_000 : 60_000,
      );
    }

    it('killed at random lose nothing, do nothing twice and leave nothing standing', async () => {
      const workers = onPostgres ? size.workers : 1;
      const runs = onPostgres ? size.runs : size.sqliteRuns;
      const kills = onPostgres ? size.kills : size.sqliteKills;
      const started = Date.now();
      await Promise.all(Array.from({ length: workers }, () => fleet.add()));
      let begun = 0;
      const places = Array.from({ length: workers }, async () => {
        while (fleet.kills < kills) {
          const share = Math.ceil((runs * (fleet.kills + 1)) / kills);
          for (; begun < Math.min(runs, share); begun++) {
            fleet.depart(`r${begun}`, departing(Math.floor(random() * 30)));
          }
          await pause(random() * 400);
          const alive = fleet.workers;
          if (alive.length > 0 && fleet.kills < kills) {
            await fleet.kill(alive[Math.floor(random() * alive.length)]);
            await witness.look();
            await fleet.add();
          }
        }
      });
      await Promise.all(places);
      // Where the last kills came one right after the other, some have not been asked for yet.
      for (; begun < runs; begun++) fleet.depart(`r${begun}`, departing(20));
      await allEnd(runs);
      expect(await witness.verdict(ledger, { runs, legs: LEGS })).toEqual([]);
      if (full) {
        process.stdout.write(
          `${kind.name}: ${fleet.kills} kills over ${runs} runs in ${Math.round((Date.now() - started) / 1000)} s\n`,
        );
      }
    });

    it('all killed at once are followed by others that take everything up', async () => {
      const runs = 12;
      await fleet.add();
      for (let run = 0; run < runs; run++) {
        fleet.depart(`r${run}`, departing(40));
      }
      await eventually(() => expect(ledger.done().size).toBeGreaterThan(5));
      await fleet.killAll();
      expect(await witness.look()).toBeLessThan(runs);
      await fleet.add();
      await allEnd(runs);
      expect(await witness.verdict(ledger, { runs, legs: LEGS })).toEqual([]);
    });

    if (!onPostgres) {
      // SQLite has one worker, whose leases nobody else can take.
      return;
    }
    it('stopped past their lease write nothing when they go on', async () => {
      const sleeper = await fleet.add();
      const arrived: unknown[] = [];
      const travelling = new Promise(resolve => {
        fleet.events.once('travelling', resolve);
      });
      fleet.depart('r0', departing(150));
      await travelling;
      sleeper.kill('SIGSTOP');
      const other = await fleet.add();
      await eventually(async () => expect(await witness.look()).toBe(1));
      const snapshot = () =>
        Promise.all([
          knex('engine_runs'),
          knex('engine_events'),
          knex('engine_effects'),
        ]);
      const before = await snapshot();
      fleet.events.on('arrived', (message, worker) => {
        if (worker === sleeper) arrived.push(message);
      });
      // The other must not be the one that keeps the rows as they are.
      await fleet.kill(other);
      sleeper.kill('SIGCONT');
      await eventually(() => expect(arrived).toHaveLength(1));
      await pause(LEASE_MS);
      expect(await snapshot()).toEqual(before);
      expect(await witness.verdict(ledger, { runs: 1, legs: LEGS })).toEqual(
        [],
      );
    });

    it('whose clocks are wrong or jump neither steal leases nor oversleep', async () => {
      const hour = 3_600_000;
      const runs = 20;
      await Promise.all([
        fleet.add([hour]),
        fleet.add([-hour]),
        fleet.add(
          Array.from({ length: 50 }, () => (random() * 2 - 1) * 24 * hour),
        ),
      ]);
      for (let run = 0; run < runs; run++) {
        fleet.depart(`r${run}`, departing(50));
      }
      await allEnd(runs);
      expect(await witness.verdict(ledger, { runs, legs: LEGS })).toEqual([]);
      // A lease that was taken from a living worker would show as a second claim.
      expect([...new Set(ledger.done().values())]).toEqual([1]);
    });
  },
  ['SQLite in a file', 'Postgres'],
);

import { DuplicateEffectError } from '../errors';
import type { Database, Row, Statement } from './Database';
import type { Claimant, EffectStore } from './EffectStore';
import { RunMemory } from './RunMemory';
import type { InsertedEvent, RunChange } from './RunStore';
import { handedOver, recordedEvents } from './RunStore';
import type { EffectRow, LeasedEffect, RunRow } from './rows';
import { toLeasedEffect, toRun } from './rows';
import {
  insertEffects,
  insertEvents,
  insertRun,
  RUN_COLUMNS,
  updateRunOfLeased,
} from './runStatements';
import type { StepChange, StepStore, WrittenSteps } from './StepStore';

const SELECT_RUN = `SELECT ${RUN_COLUMNS} FROM engine_runs r WHERE r.id = ?`;

type RunStatement = (statement: Statement) => Row[];

interface InsertedRows {
  events: InsertedEvent[];
  effectIds: Map<string, number>;
}

/** Writes the decisions of many runs and claims the next effects with prepared statements in one turn. */
export class SqliteStepStore implements StepStore {
  constructor(
    private readonly database: Database,
    private readonly effects: EffectStore,
    private readonly claimant: Claimant,
  ) {}

  async write(changes: StepChange[], places: number): Promise<WrittenSteps> {
    const { inserted, claimed } = await this.database.inOneTurn(run => {
      const rows = changes.map(({ change }) => this.#writeOne(run, change));
      // The places of those that are left out are not free.
      const free = places - rows.filter(one => !one).length;
      return {
        inserted: rows,
        claimed: free > 0 ? this.#claim(run, free) : [],
      };
    });
    return {
      written: changes.map(({ change, memory = new RunMemory() }, index) => {
        const one = inserted[index];
        if (!one) {
          return undefined;
        }
        memory.remember(change.run);
        return {
          events: () => recordedEvents(change, one.events),
          handedOver: handedOver(change, one.effectIds, memory),
        };
      }),
      claimed,
    };
  }

  #writeOne(run: RunStatement, change: RunChange): InsertedRows | undefined {
    const { ended, newEffects } = change;
    const [held] = run(
      ended
        ? updateRunOfLeased(change.run, change.previousRevision!, ended)
        : insertRun(change.run),
    );
    if (!held) {
      return undefined;
    }
    if (ended) {
      run({
        sql: 'DELETE FROM engine_effects WHERE id = ?',
        bindings: [ended.id],
      });
    }
    const events = change.events.length > 0 ? run(insertEvents(change)) : [];
    const effects =
      newEffects.length > 0
        ? run(insertEffects(change, this.database.nowSql()))
        : [];
    const effectIds = new Map(
      effects.map(({ key, id }) => [String(key), Number(id)]),
    );
    const twice = newEffects.find(({ key }) => !effectIds.has(key));
    if (twice) {
      throw new DuplicateEffectError(change.run.id, twice.key);
    }
    return { events: events as InsertedEvent[], effectIds };
  }

  #claim(run: RunStatement, places: number): LeasedEffect[] {
    const rows = run(this.effects.claimStatement(this.claimant, places));
    const memories = new Map<string, RunMemory>();
    return (rows as unknown as EffectRow[]).map(row => {
      let memory = memories.get(row.run_id);
      if (!memory) {
        const [found] = run({ sql: SELECT_RUN, bindings: [row.run_id] });
        memory = RunMemory.of(toRun(found as unknown as RunRow));
        memories.set(row.run_id, memory);
      }
      return toLeasedEffect(row, memory);
    });
  }
}

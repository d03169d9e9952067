import type { Binding, Database } from './Database';
import type { Claimant } from './EffectStore';
import { RunMemory } from './RunMemory';
import type { InsertedEvent, RunChange } from './RunStore';
import { handedOver, recordedEvents } from './RunStore';
import type { EffectRow, LeasedEffect, RunRow } from './rows';
import { toLeasedEffect, toRun } from './rows';
import { initialState, runValues } from './runValues';
import type { StepChange, StepStore, WrittenSteps } from './StepStore';
import { PerhapsWrittenError } from './StepStore';

type ClaimedRow = Omit<EffectRow, 'target'> &
  Omit<RunRow, 'id' | 'type' | 'finished_at'>;

/** What engine_write_steps says. */
interface Answer {
  /** Positions of what was written, from 1. */
  written: number[];
  events: (InsertedEvent & { run_id: string })[] | null;
  /** Run, key and id of those that were handed over. */
  effects: [runId: string, key: string, id: number][] | null;
  /** Column by column. */
  claimed: { [column in keyof ClaimedRow]: ClaimedRow[column][] | null } | null;
}

/** An array as Postgres reads it. */
function arrayOf(values: readonly Binding[]): string {
  let text = '';
  for (const value of values) {
    text += text && ',';
    text +=
      typeof value === 'string'
        ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
        : String(value);
  }
  return `{${text}}`;
}

/** Writes the decisions of many runs and claims the next effects in one statement, a transaction of its own. */
export class PostgresStepStore implements StepStore {
  readonly #kinds: string;
  readonly #runTypes: string;

  constructor(
    private readonly database: Database,
    private readonly claimant: Claimant,
  ) {
    this.#kinds = arrayOf(claimant.kinds);
    this.#runTypes = arrayOf(claimant.runTypes);
  }

  async write(changes: StepChange[], places: number): Promise<WrittenSteps> {
    const bindings = [
      ...columnsOf(changes.map(({ change }) => change)).map(arrayOf),
      this.claimant.owner,
      Math.ceil(this.claimant.leaseMs),
      this.database.injectedNow() ?? null,
      places,
      this.#kinds,
      this.#runTypes,
    ];
    const answer = await this.#call(bindings);
    const positions = new Set(answer.written);
    const ids = idsByRun(answer.effects ?? []);
    return {
      written: changes.map(({ change, memory = new RunMemory() }, index) => {
        if (!positions.has(index + 1)) {
          return undefined;
        }
        memory.remember(change.run);
        return {
          events: () =>
            recordedEvents(
              change,
              (answer.events ?? []).filter(
                event => event.run_id === change.run.id,
              ),
            ),
          handedOver: handedOver(
            change,
            ids.get(change.run.id) ?? new Map(),
            memory,
          ),
        };
      }),
      claimed: claimedEffects(answer.claimed),
    };
  }

  async #call(bindings: Binding[]): Promise<Answer> {
    try {
      const [{ answer }] = await this.database.query<{ answer: Answer }>(
        this.database.knex,
        {
          sql: `SELECT engine_write_steps(${bindings.map(() => '?').join(', ')}) AS answer`,
          bindings,
        },
      );
      return answer;
    } catch (error) {
      // What the server says has a severity; without it the connection broke, perhaps after the commit.
      throw error instanceof Error && 'severity' in error
        ? error
        : new PerhapsWrittenError(error);
    }
  }
}

function idsByRun(
  rows: NonNullable<Answer['effects']>,
): Map<string, Map<string, number>> {
  const ids = new Map<string, Map<string, number>>();
  for (const [runId, key, id] of rows) {
    const ofRun = ids.get(runId);
    if (ofRun) {
      ofRun.set(key, id);
    } else {
      ids.set(runId, new Map([[key, id]]));
    }
  }
  return ids;
}

function claimedEffects(columns: Answer['claimed']): LeasedEffect[] {
  if (!columns?.id) {
    return [];
  }
  const entries = Object.entries(columns);
  const memories = new Map<string, RunMemory>();
  return columns.id.map((_, index) => {
    const values: Record<string, unknown> = {};
    for (const [name, column] of entries) {
      values[name] = column![index];
    }
    const row = values as unknown as ClaimedRow;
    let memory = memories.get(row.run_id);
    if (!memory) {
      memory = RunMemory.of(
        toRun({
          ...row,
          id: row.run_id,
          type: row.run_type,
          // A run with an open effect has not ended.
          finished_at: null,
        }),
      );
      memories.set(row.run_id, memory);
    }
    return toLeasedEffect({ ...row, target: null }, memory);
  });
}

/** The parameters of engine_write_steps, in its order. */
function columnsOf(changes: RunChange[]): Binding[][] {
  const runs = changes.map(change => ({
    ...change,
    ...change.run,
    ...runValues(change.run),
  }));
  const events = changes.flatMap(({ run, events: told }, at) =>
    told.map((event, index) => ({
      at: at + 1,
      version: run.version - told.length + index + 1,
      event,
    })),
  );
  const effects = changes.flatMap(({ newEffects, now }, at) =>
    newEffects.map(effect => ({
      at: at + 1,
      effect,
      state: initialState(effect, now),
    })),
  );
  return [
    runs.map(({ id }) => id),
    runs.map(({ type }) => type),
    runs.map(({ priority }) => priority),
    runs.map(({ actor }) => JSON.stringify(actor)),
    runs.map(({ version }) => version),
    runs.map(({ state }) => state),
    runs.map(({ status }) => status),
    runs.map(({ wait }) => wait),
    runs.map(({ detail }) => detail),
    runs.map(({ timers }) => timers),
    runs.map(({ timer_at }) => timer_at),
    runs.map(({ open_effects }) => open_effects),
    runs.map(({ now }) => now),
    runs.map(({ ended }) => ended?.id ?? null),
    runs.map(({ ended }) => ended?.epoch ?? null),
    runs.map(({ previousRevision }) => previousRevision ?? null),
    events.map(({ at }) => at),
    events.map(({ version }) => version),
    events.map(({ event }) => event.type),
    events.map(({ event }) => JSON.stringify(event)),
    effects.map(({ at }) => at),
    effects.map(({ effect }) => effect.key),
    effects.map(({ effect }) => effect.effect.kind),
    effects.map(({ effect }) => JSON.stringify(effect.effect)),
    effects.map(({ effect }) => effect.orderKey),
    effects.map(({ state }) => state),
    effects.map(({ effect }) => effect.dueAt),
    effects.map(({ effect }) => effect.deadlineAt ?? null),
    effects.map(({ effect }) => effect.timeoutMs ?? null),
    effects.map(({ effect }) => JSON.stringify(effect.retry)),
    effects.map(({ effect }) => effect.retry.maxAttempts),
    effects.map(({ effect }) => (effect.handOver ? 1 : 0)),
  ];
}

import type { Binding, Database } from './Database';
import type { Claimant } from './EffectStore';
import { RunMemory } from './RunMemory';
import type { InsertedEvent, RunChange, Written } from './RunStore';
import { handedOver, recordedEvents } from './RunStore';
import type { EffectRow, LeasedEffect, RunRow } from './rows';
import { toLeasedEffect, toRun } from './rows';
import { initialState, runValues } from './runValues';

/** What engine_write_steps says. */
interface Answer {
  now: number;
  runs: string[];
  events: (InsertedEvent & { run_id: string })[] | null;
  effects: { id: number; run_id: string; key: string }[] | null;
  claimed: { effect: EffectRow; run: RunRow }[] | null;
}

type Values = Record<string, Binding>;

/** Rows as one JSON parameter, so that the statement does not depend on how many there are. */
const rowsOf = (rows: Values[]): string | null =>
  rows.length > 0 ? JSON.stringify(rows) : null;

const arrayOf = (texts: readonly string[]): string =>
  `{${texts.map(text => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

/** Postgres: writes the decisions of many runs and claims the next effects in one statement, a transaction of its own. */
export class StepStore {
  readonly #kinds: string;
  readonly #runTypes: string;

  constructor(
    private readonly database: Database,
    private readonly claimant: Claimant,
  ) {
    this.#kinds = arrayOf(claimant.kinds);
    this.#runTypes = arrayOf(claimant.runTypes);
  }

  /**
   * Writes decisions of different runs and leases up to `places` ready effects without target, best first. A decision
   * is left out, and its place not filled, when its run or the lease of its effect is not what it was when it was made,
   * or is held by someone else. Whatever the database refuses leaves nothing written.
   */
  async write(
    changes: { change: RunChange; memory?: RunMemory }[],
    places: number,
  ): Promise<{
    written: (Written | undefined)[];
    claimed: LeasedEffect[];
  }> {
    const all = changes.map(({ change }) => change);
    const clock = this.database.injectedNow();
    const [{ answer }] = await this.database.query<{ answer: Answer }>(
      this.database.knex,
      {
        sql: 'SELECT engine_write_steps(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS answer',
        bindings: [
          rowsOf(all.flatMap(endedValues)),
          rowsOf(all.flatMap(begunValues)),
          rowsOf(all.flatMap(eventValues)),
          rowsOf(all.flatMap(effectValues)),
          this.claimant.owner,
          Math.ceil(this.claimant.leaseMs),
          clock ?? null,
          places,
          this.#kinds,
          this.#runTypes,
        ],
      },
    );
    this.database.learnNow(answer.now);
    const runs = new Set(answer.runs);
    const ids = idsByRun(answer.effects ?? []);
    return {
      written: changes.map(({ change, memory = new RunMemory() }) => {
        if (!runs.has(change.run.id)) {
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
      claimed: claimedEffects(answer.claimed ?? []),
    };
  }
}

function idsByRun(
  rows: NonNullable<Answer['effects']>,
): Map<string, Map<string, number>> {
  const ids = new Map<string, Map<string, number>>();
  for (const { id, run_id, key } of rows) {
    const ofRun = ids.get(run_id);
    if (ofRun) {
      ofRun.set(key, id);
    } else {
      ids.set(run_id, new Map([[key, id]]));
    }
  }
  return ids;
}

function claimedEffects(rows: NonNullable<Answer['claimed']>): LeasedEffect[] {
  const memories = new Map<string, RunMemory>();
  return rows.map(({ effect, run }) => {
    const memory = memories.get(run.id) ?? RunMemory.of(toRun(run));
    memories.set(run.id, memory);
    return toLeasedEffect(effect, memory);
  });
}

function endedValues({ run, previousRevision, ended }: RunChange): Values[] {
  return ended && previousRevision !== undefined
    ? [
        {
          ...runValues(run),
          id: run.id,
          known: previousRevision,
          effect: ended.id,
          epoch: ended.epoch,
        },
      ]
    : [];
}

function begunValues({ run, previousRevision }: RunChange): Values[] {
  return previousRevision === undefined
    ? [
        {
          ...runValues(run),
          id: run.id,
          type: run.type,
          priority: run.priority,
          created_at: run.createdAt,
        },
      ]
    : [];
}

function eventValues(change: RunChange): Values[] {
  const { run, events, now } = change;
  const before = run.version - events.length;
  const actor = JSON.stringify(change.actor);
  return events.map((event, index) => ({
    run_id: run.id,
    run_type: run.type,
    version: before + index + 1,
    type: event.type,
    data: JSON.stringify(event),
    actor,
    at: now,
  }));
}

function effectValues(change: RunChange): Values[] {
  const { run, now } = change;
  const actor = JSON.stringify(change.actor);
  return change.newEffects.map(effect => ({
    run_id: run.id,
    run_type: run.type,
    key: effect.key,
    kind: effect.effect.kind,
    effect: JSON.stringify(effect.effect),
    actor,
    order_key: effect.orderKey,
    state: initialState(effect, now),
    due_at: effect.dueAt,
    deadline_at: effect.deadlineAt ?? null,
    timeout_ms: effect.timeoutMs ?? null,
    retry: JSON.stringify(effect.retry),
    max_attempts: effect.retry.maxAttempts,
    handed: effect.handOver ? 1 : 0,
  }));
}

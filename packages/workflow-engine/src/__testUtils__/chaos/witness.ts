import type { Knex } from 'knex';
import type { Engine } from '../../api/engine';
import type { RecordedEvent } from '../../api/records';
import { createEngine } from '../../createEngine';
import { collectingLogger } from '../scriptedWorkflow';
import type { Ledger } from './ledger';

/** Watches from outside while workers die, and says in the end what should not have happened. */
export class Witness {
  readonly #feed: RecordedEvent[] = [];
  readonly #ended = new Map<string, string>();
  readonly #problems: string[] = [];
  #cursor?: string;
  #looking: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly knex: Knex,
    private readonly engine: Engine,
  ) {}

  static async create(knex: Knex): Promise<Witness> {
    const engine = await createEngine({
      knex,
      workflows: [],
      handlers: {},
      logger: collectingLogger(),
    });
    return new Witness(knex, engine);
  }

  /** One look; returns how many runs have ended. */
  look(): Promise<number> {
    // One after the other: two that read from one cursor would both count the same events.
    const look = this.#looking.then(() => this.#look());
    this.#looking = look.catch(() => undefined);
    return look;
  }

  async #look(): Promise<number> {
    let more = true;
    while (more) {
      const page = await this.engine.feed({ after: this.#cursor, limit: 1000 });
      this.#feed.push(...page.events);
      this.#cursor = page.cursor;
      more = page.more;
    }
    const asleep = await this.knex('engine_runs')
      .whereNotIn('status', ['succeeded', 'failed', 'cancelled'])
      .whereNull('timer_at')
      .whereNull('wait')
      .whereNotExists(
        this.knex('engine_effects').whereRaw(
          'engine_effects.run_id = engine_runs.id',
        ),
      )
      .pluck('id');
    asleep.forEach(id => this.#problems.push(`${id} stands still`));
    const ended = await this.knex('engine_runs')
      .whereIn('status', ['succeeded', 'failed', 'cancelled'])
      .select('id', 'status', 'version', 'finished_at');
    for (const { id, ...end } of ended) {
      const text = JSON.stringify(end);
      if ((this.#ended.get(id) ?? text) !== text) {
        this.#problems.push(`${id} left its end ${this.#ended.get(id)}`);
      }
      this.#ended.set(id, text);
    }
    return ended.length;
  }

  /** Everything that is wrong, after a last look; all runs are expected to have succeeded. */
  async verdict(
    ledger: Ledger,
    expected: { runs: number; legs: number },
  ): Promise<string[]> {
    await this.look();
    const problems = [...this.#problems];
    ledger.twice().forEach(what => problems.push(`${what} was done twice`));
    const runs = await this.knex('engine_runs').select(
      'id',
      'status',
      'version',
    );
    if (runs.length !== expected.runs) {
      problems.push(`${runs.length} runs instead of ${expected.runs}`);
    }
    const events = await this.knex('engine_events')
      .select('run_id', 'version')
      .orderBy(['run_id', 'version']);
    const written = new Map<string, number[]>();
    for (const { run_id, version } of events) {
      written.set(run_id, [...(written.get(run_id) ?? []), Number(version)]);
    }
    const done = ledger.done();
    // Departed, each leg, and a rest.
    const versions = Array.from({ length: expected.legs + 2 }, (_, i) => i + 1);
    for (const { id, status } of runs) {
      if (status !== 'succeeded') problems.push(`${id} is ${status}`);
      if (String(written.get(id)) !== String(versions)) {
        problems.push(`${id} has the versions ${written.get(id)}`);
      }
      for (let leg = 1; leg <= expected.legs; leg++) {
        if (!done.has(`${id} leg-${leg}`)) {
          problems.push(`${id} never did leg ${leg}`);
        }
      }
    }
    const fed = this.#feed.map(({ id }) => id);
    if (new Set(fed).size !== fed.length) {
      problems.push('The feed gave an event twice');
    }
    if (fed.length !== events.length) {
      problems.push(`The feed gave ${fed.length} of ${events.length} events`);
    }
    const left = await this.knex('engine_effects').select('run_id', 'key');
    left.forEach(({ run_id, key }) =>
      problems.push(`${key} of ${run_id} is still open`),
    );
    return problems;
  }
}

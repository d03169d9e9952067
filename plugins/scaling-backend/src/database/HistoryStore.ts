import type {
  ScalingEvent,
  ScalingSample,
} from '@slipway/backstage-plugin-scaling-common';
import type { Knex } from 'knex';
import { coarseStep, fineStep, stepBegin } from '../domain/steps';

interface SampleRow {
  target_id: string;
  step_seconds: number;
  at: string;
  looks: number;
  replicas_sum: number;
  replicas_max: number;
  load_looks: number;
  load_sum: number;
}

interface EventRow {
  target_id: string;
  id: string;
  at: string;
  event: string;
}

const mostEvents = 200;

/** What was: samples of replicas and load, and events. */
export class HistoryStore {
  constructor(private readonly knex: Knex) {}

  /** Adds one look to its minute and to its quarter of an hour. */
  static async addLook(
    tx: Knex.Transaction,
    targetId: string,
    look: { at: number; replicas: number; load?: number },
  ): Promise<void> {
    const { at, load, replicas } = look;
    for (const step of [fineStep, coarseStep])
      await tx<SampleRow>('scaling_samples')
        .insert({
          target_id: targetId,
          step_seconds: step,
          at: new Date(stepBegin(at, step)).toISOString(),
          looks: 1,
          replicas_sum: replicas,
          replicas_max: replicas,
          load_looks: load === undefined ? 0 : 1,
          load_sum: load ?? 0,
        })
        .onConflict(['target_id', 'step_seconds', 'at'])
        .merge({
          looks: added(tx, 'looks'),
          replicas_sum: added(tx, 'replicas_sum'),
          replicas_max: tx.raw(
            'CASE WHEN excluded.replicas_max > scaling_samples.replicas_max THEN excluded.replicas_max ELSE scaling_samples.replicas_max END',
          ),
          load_looks: added(tx, 'load_looks'),
          load_sum: added(tx, 'load_sum'),
        });
  }

  /** An event that is told again with a higher count replaces itself. */
  static async addEvents(
    tx: Knex.Transaction,
    targetId: string,
    events: ScalingEvent[],
  ): Promise<void> {
    for (const event of events)
      await tx<EventRow>('scaling_events')
        .insert({
          target_id: targetId,
          id: event.id,
          at: event.at,
          event: JSON.stringify(event),
        })
        .onConflict(['target_id', 'id'])
        .merge();
  }

  static async purge(
    knex: Knex,
    before: { minutes: string; rest: string },
  ): Promise<void> {
    await knex<SampleRow>('scaling_samples')
      .where({ step_seconds: fineStep })
      .where('at', '<', before.minutes)
      .delete();
    await knex<SampleRow>('scaling_samples')
      .where('at', '<', before.rest)
      .delete();
    await knex<EventRow>('scaling_events')
      .where('at', '<', before.rest)
      .delete();
  }

  async samples(
    targetId: string,
    query: { stepSeconds: number; since: string },
  ): Promise<ScalingSample[]> {
    const rows = await this.knex<SampleRow>('scaling_samples')
      .where({ target_id: targetId, step_seconds: query.stepSeconds })
      .where('at', '>=', query.since)
      .orderBy('at');
    return rows.map(row => ({
      at: row.at,
      replicas: row.replicas_sum / row.looks,
      maxReplicas: row.replicas_max,
      ...(row.load_looks > 0 && { load: row.load_sum / row.load_looks }),
    }));
  }

  async events(targetId: string): Promise<ScalingEvent[]> {
    const rows = await this.knex<EventRow>('scaling_events')
      .where({ target_id: targetId })
      .orderBy('at', 'desc')
      .orderBy('id')
      .limit(mostEvents);
    return rows.map(({ event }) => JSON.parse(event));
  }
}

function added(tx: Knex.Transaction, column: keyof SampleRow) {
  return tx.raw('?? + ??', [`scaling_samples.${column}`, `excluded.${column}`]);
}

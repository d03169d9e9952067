import type { Knex } from 'knex';
import { coarseStep, fineStep, stepBegin } from '../domain/steps';
import type { Demand, DemandUnit } from '../domain/demand';

interface DemandRow {
  target_id: string;
  step_seconds: number;
  at: string;
  metric: string;
  unit: DemandUnit;
  looks: number;
  demand_sum: number;
}

/** What all replicas of a target had to do together, by metric, over time. */
export class DemandStore {
  constructor(private readonly knex: Knex) {}

  /** Adds one look to its minute and to its quarter of an hour. */
  static async addLook(
    tx: Knex.Transaction,
    targetId: string,
    at: number,
    demands: Demand[],
  ): Promise<void> {
    if (!demands.length) return;
    const rows = [fineStep, coarseStep].flatMap(step =>
      demands.map(({ metric, unit, total }) => ({
        target_id: targetId,
        step_seconds: step,
        at: new Date(stepBegin(at, step)).toISOString(),
        metric,
        unit,
        looks: 1,
        demand_sum: total,
      })),
    );
    await tx<DemandRow>('scaling_demand')
      .insert(rows)
      .onConflict(['target_id', 'step_seconds', 'at', 'metric', 'unit'])
      .merge({
        looks: tx.raw('scaling_demand.looks + excluded.looks'),
        demand_sum: tx.raw('scaling_demand.demand_sum + excluded.demand_sum'),
      });
  }

  static async purge(
    knex: Knex,
    before: { minutes: string; rest: string },
  ): Promise<void> {
    await knex<DemandRow>('scaling_demand')
      .where({ step_seconds: fineStep })
      .where('at', '<', before.minutes)
      .delete();
    await knex<DemandRow>('scaling_demand')
      .where('at', '<', before.rest)
      .delete();
  }

  /** The means of each step, by when it begins. */
  async byStep(
    targetId: string,
    query: { stepSeconds: number; since: string },
  ): Promise<Map<string, Demand[]>> {
    const rows = await this.knex<DemandRow>('scaling_demand')
      .where({ target_id: targetId, step_seconds: query.stepSeconds })
      .where('at', '>=', query.since)
      .orderBy(['at', 'metric', 'unit']);
    const found = new Map<string, Demand[]>();
    for (const { at, metric, unit, looks, demand_sum } of rows) {
      const demands = found.get(at) ?? [];
      demands.push({ metric, unit, total: demand_sum / looks });
      found.set(at, demands);
    }
    return found;
  }
}

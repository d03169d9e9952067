import type { Knex } from 'knex';
import type { AutoscaleMemory } from '../domain/autoscale/look';
import type { ShownAutoscaler } from '../domain/autoscale/shown';

interface AutoscalerRow {
  target_id: string;
  look: number;
  memory: string;
  shown: string;
}

/** What is kept of a policy that Slipway follows by itself. */
export interface StoredAutoscaler {
  /** 1, 2, 3 … of its target. */
  look: number;
  memory: AutoscaleMemory;
  shown: ShownAutoscaler;
}

/** What looks of policies leave to those after them, by target; it outlives restarts. */
export class AutoscalerStore {
  constructor(private readonly knex: Knex) {}

  async get(targetId: string): Promise<StoredAutoscaler | undefined> {
    const row = await this.knex<AutoscalerRow>('scaling_autoscalers')
      .where({ target_id: targetId })
      .first();
    return row && parse(row);
  }

  static async shown(
    tx: Knex.Transaction,
    targetIds: string[],
  ): Promise<Map<string, ShownAutoscaler>> {
    const rows = await tx<AutoscalerRow>('scaling_autoscalers').whereIn(
      'target_id',
      targetIds,
    );
    return new Map(rows.map(row => [row.target_id, parse(row).shown]));
  }

  /**
   * Writes the look that follows the one with this number (0: none), and says whether it could: of several workers only
   * one gets on, and none that is late.
   */
  async advance(
    targetId: string,
    after: number,
    { memory, shown }: Omit<StoredAutoscaler, 'look'>,
  ): Promise<boolean> {
    const row = {
      look: after + 1,
      memory: JSON.stringify(memory),
      shown: JSON.stringify(shown),
    };
    const table = this.knex<AutoscalerRow>('scaling_autoscalers');
    if (after > 0)
      return (
        (await table.where({ target_id: targetId, look: after }).update(row)) >
        0
      );
    const [inserted] = await table
      .insert({ target_id: targetId, ...row })
      .onConflict('target_id')
      .ignore()
      .returning('target_id');
    return inserted !== undefined;
  }

  async remove(targetId: string): Promise<void> {
    await this.knex<AutoscalerRow>('scaling_autoscalers')
      .where({ target_id: targetId })
      .delete();
  }
}

function parse({ look, memory, shown }: AutoscalerRow): StoredAutoscaler {
  return { look, memory: JSON.parse(memory), shown: JSON.parse(shown) };
}

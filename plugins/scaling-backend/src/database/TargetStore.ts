import type {
  ScalingDriver,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import type { ObservedTarget } from '@slipway/backstage-plugin-scaling-node';
import {
  type ComponentScope,
  decodeCursor,
  jsonDigest,
  type PageOf,
  pageOf,
  whereInScope,
} from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { loadOf, needsAttention } from '../domain/summary';

interface TargetRow {
  id: string;
  component_ref: string;
  component_title: string;
  environment_ref: string;
  environment_name: string;
  tier: ScalingTarget['tier'];
  workload: string;
  driver: ScalingDriver['kind'];
  replicas: number | null;
  load_ratio: number | null;
  /** A number on SQLite. */
  attention: boolean | number;
  observed: string;
  observed_at: string;
  problem: string | null;
  gone_at: string | null;
}

/** A target with what it is sorted by. */
type SortedRow = TargetRow & { sort_key: string | number };

/** Where something was observed, as the catalog names it. */
export interface ObservedPlace {
  componentTitle: string;
  environmentRef: string;
  environmentName: string;
  tier: ScalingTarget['tier'];
}

export type TargetSort = 'component' | 'replicas' | 'load';

/** Which targets, in which order. */
export interface TargetQuery {
  scope: ComponentScope;
  environmentRef?: string;
  driver?: ScalingDriver['kind'];
  attention?: boolean;
  search?: string;
  sort: TargetSort;
  descending: boolean;
  cursor?: string;
  limit: number;
}

// What is unknown counts as less than nothing, so that it has a place in the order.
const sortKeys: Record<TargetSort, { sql: string; isNumber: boolean }> = {
  component: {
    sql: "component_title || ' ' || environment_name || ' ' || workload",
    isNumber: false,
  },
  replicas: { sql: 'COALESCE(replicas, -1)', isNumber: true },
  load: { sql: 'COALESCE(load_ratio, -1)', isNumber: true },
};

/** By what a target is known. */
export function targetIdOf(
  environmentRef: string,
  { componentRef, workload }: Pick<ObservedTarget, 'componentRef' | 'workload'>,
): string {
  return jsonDigest([componentRef, environmentRef, workload]).slice(
    'sha256:'.length,
    'sha256:'.length + 24,
  );
}

/** The targets as they were last seen. */
export class TargetStore {
  constructor(private readonly knex: Knex) {}

  /** Writes what was seen and answers its identifier. */
  static async put(
    tx: Knex.Transaction,
    place: ObservedPlace,
    seen: ObservedTarget,
    at: string,
  ): Promise<string> {
    const { componentRef, workload, driver, events: _events, ...rest } = seen;
    const id = targetIdOf(place.environmentRef, seen);
    await tx<TargetRow>('scaling_targets')
      .insert({
        id,
        component_ref: componentRef,
        component_title: place.componentTitle,
        environment_ref: place.environmentRef,
        environment_name: place.environmentName,
        tier: place.tier,
        workload,
        driver: driver.kind,
        replicas: seen.currentReplicas ?? null,
        load_ratio: loadOf(seen) ?? null,
        attention: needsAttention(seen),
        observed: JSON.stringify({ driver, ...rest }),
        observed_at: at,
        problem: null,
        gone_at: null,
      })
      .onConflict('id')
      .merge();
    return id;
  }

  /** What was not seen in an environment any more is gone. */
  static async markGone(
    tx: Knex.Transaction,
    environmentRef: string,
    seenAt: string,
  ): Promise<void> {
    await tx<TargetRow>('scaling_targets')
      .where({ environment_ref: environmentRef })
      .where('observed_at', '<', seenAt)
      .whereNull('gone_at')
      .update({ gone_at: seenAt });
  }

  /** Keeps what was known of an environment, and says why it is old. */
  static async markUnknown(
    tx: Knex.Transaction,
    environmentRef: string,
    problem: string,
  ): Promise<void> {
    await tx<TargetRow>('scaling_targets')
      .where({ environment_ref: environmentRef })
      .whereNull('gone_at')
      .update({ problem, attention: true });
  }

  static async purgeGone(knex: Knex, before: string): Promise<void> {
    await knex<TargetRow>('scaling_targets')
      .where('gone_at', '<', before)
      .delete();
  }

  async get(id: string): Promise<ScalingTarget | undefined> {
    const row = await this.knex<TargetRow>('scaling_targets')
      .where({ id })
      .first();
    return row && parse(row);
  }

  async componentRefs(): Promise<string[]> {
    return this.knex<TargetRow>('scaling_targets')
      .distinct('component_ref')
      .pluck('component_ref');
  }

  async list(query: TargetQuery): Promise<PageOf<ScalingTarget>> {
    const { cursor, descending, limit, search, sort } = query;
    const matching =
      this.knex<TargetRow>('scaling_targets').whereNull('gone_at');
    whereInScope(this.knex, matching, query.scope);
    if (query.environmentRef)
      matching.where({ environment_ref: query.environmentRef });
    if (query.driver) matching.where({ driver: query.driver });
    if (query.attention !== undefined)
      matching.where({ attention: query.attention });
    if (search) {
      const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
      matching.whereRaw(
        "(LOWER(component_title) LIKE ? ESCAPE '\\' OR LOWER(workload) LIKE ? ESCAPE '\\')",
        [pattern, pattern],
      );
    }
    const [{ count }] = await matching.clone().count({ count: '*' });
    const { sql, isNumber } = sortKeys[sort];
    if (cursor) {
      const [key, id] = decodeCursor(cursor);
      matching.whereRaw(`(${sql}, id) ${descending ? '<' : '>'} (?, ?)`, [
        isNumber ? Number(key) || 0 : key,
        id,
      ]);
    }
    const order = descending ? 'desc' : 'asc';
    const rows = await matching
      .select('*', this.knex.raw(`${sql} AS sort_key`))
      .orderByRaw(`${sql} ${order}`)
      .orderBy('id', order)
      .limit(limit + 1);
    return pageOf<SortedRow, ScalingTarget>(rows as SortedRow[], {
      limit,
      totalItems: Number(count),
      position: row => [String(row.sort_key), row.id],
      item: parse,
    });
  }
}

function parse(row: TargetRow): ScalingTarget {
  return {
    ...JSON.parse(row.observed),
    id: row.id,
    componentRef: row.component_ref,
    componentTitle: row.component_title,
    environmentRef: row.environment_ref,
    environmentName: row.environment_name,
    tier: row.tier,
    workload: row.workload,
    ...(row.load_ratio !== null && { load: row.load_ratio }),
    attention: Boolean(row.attention),
    observedAt: row.observed_at,
    ...(row.problem && { problem: row.problem }),
  };
}

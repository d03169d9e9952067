import type {
  Deployment,
  HealthStatus,
  Observation,
  RolloutPhase,
  Tier,
} from '@slipway/backstage-plugin-delivery-common';
import {
  type ComponentScope,
  decodeCursor,
  type PageOf,
  pageOf,
  whereInScope,
} from '@slipway/backstage-plugin-slipway-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { RunRelease } from '../domain/rollout/state';

/** A component in an environment, as stored. */
export interface DeploymentRecord {
  componentRef: string;
  environmentRef: string;
  componentTitle: string;
  ownerRef?: string;
  systemRef?: string;
  environmentName: string;
  environmentOrder: number;
  tier: Tier;
  runtime: string;
  settings: JsonObject;
  release?: RunRelease;
  previousRelease?: RunRelease;
  deployedAt?: string;
  deployedBy?: string;
  replicas: number;
  health: HealthStatus;
  observation?: Observation;
  activeRolloutId?: string;
  activeRolloutPhase?: RolloutPhase;
  lastRolloutId?: string;
  generation: number;
  updatedAt: string;
}

/** Which deployment. */
export type DeploymentKey = Pick<
  DeploymentRecord,
  'componentRef' | 'environmentRef'
>;

/** New values; null takes one away. */
type Change = {
  [name in keyof DeploymentRecord]?: DeploymentRecord[name] | null;
};

interface Range {
  after?: DeploymentKey;
  limit: number;
}

interface DeploymentRow {
  component_ref: string;
  environment_ref: string;
  component_title: string;
  owner_ref: string | null;
  system_ref: string | null;
  environment_name: string;
  environment_order: number;
  tier: Tier;
  runtime: string;
  settings: string;
  release: string | null;
  previous_release: string | null;
  deployed_at: string | null;
  deployed_by: string | null;
  replicas: number;
  health: HealthStatus;
  observation: string | null;
  active_rollout_id: string | null;
  active_rollout_phase: RolloutPhase | null;
  last_rollout_id: string | null;
  generation: number;
  updated_at: string;
}

/** What the catalog says of a deployment's component and environment. */
export type DeploymentFacts = Pick<
  DeploymentRecord,
  | 'componentRef'
  | 'environmentRef'
  | 'componentTitle'
  | 'ownerRef'
  | 'systemRef'
  | 'environmentName'
  | 'environmentOrder'
  | 'tier'
  | 'runtime'
  | 'settings'
>;

const columns: Record<keyof DeploymentRecord, keyof DeploymentRow> = {
  componentRef: 'component_ref',
  environmentRef: 'environment_ref',
  componentTitle: 'component_title',
  ownerRef: 'owner_ref',
  systemRef: 'system_ref',
  environmentName: 'environment_name',
  environmentOrder: 'environment_order',
  tier: 'tier',
  runtime: 'runtime',
  settings: 'settings',
  release: 'release',
  previousRelease: 'previous_release',
  deployedAt: 'deployed_at',
  deployedBy: 'deployed_by',
  replicas: 'replicas',
  health: 'health',
  observation: 'observation',
  activeRolloutId: 'active_rollout_id',
  activeRolloutPhase: 'active_rollout_phase',
  lastRolloutId: 'last_rollout_id',
  generation: 'generation',
  updatedAt: 'updated_at',
};

const factNames = [
  'componentRef',
  'environmentRef',
  'componentTitle',
  'ownerRef',
  'systemRef',
  'environmentOrder',
  'tier',
] as const satisfies Array<keyof DeploymentRecord>;

type CatalogFacts = Pick<DeploymentRecord, (typeof factNames)[number]>;

function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/** What runs where. */
export class DeploymentStore {
  constructor(private readonly knex: Knex) {}

  /** Writes what the catalog says, leaves what runs as it is, and holds the row until the transaction ends. */
  static async lock(
    tx: Knex.Transaction,
    facts: DeploymentFacts,
    now: string,
  ): Promise<DeploymentRecord> {
    const row = factsRow(facts);
    await tx<DeploymentRow>('deployments')
      .insert({ ...row, health: 'unknown', updated_at: now })
      .onConflict(['component_ref', 'environment_ref'])
      .merge(row);
    const stored = await tx<DeploymentRow>('deployments')
      .where({
        component_ref: facts.componentRef,
        environment_ref: facts.environmentRef,
      })
      .first();
    if (!stored) throw new Error('A deployment vanished while it was written');
    return parse(stored);
  }

  /** False when it is no longer as it was: a rollout has begun there, or been there. */
  static async updateSettled(
    tx: Knex.Transaction,
    { componentRef, environmentRef, generation }: DeploymentRecord,
    change: Change,
  ): Promise<boolean> {
    const changed = await tx<DeploymentRow>('deployments')
      .where({
        component_ref: componentRef,
        environment_ref: environmentRef,
        generation,
      })
      .whereNull('active_rollout_id')
      .update(changeRow(change));
    return changed === 1;
  }

  static async update(
    tx: Knex | Knex.Transaction,
    key: DeploymentKey,
    change: Change,
  ): Promise<void> {
    await tx<DeploymentRow>('deployments')
      .where({
        component_ref: key.componentRef,
        environment_ref: key.environmentRef,
      })
      .update(changeRow(change));
  }

  /** Takes the target for a rollout. False when another one has it. */
  static async take(
    tx: Knex.Transaction,
    key: { componentRef: string; environmentRef: string },
    rolloutId: string,
  ): Promise<boolean> {
    const changed = await tx<DeploymentRow>('deployments')
      .where({
        component_ref: key.componentRef,
        environment_ref: key.environmentRef,
      })
      .whereNull('active_rollout_id')
      .update({ active_rollout_id: rolloutId });
    return changed === 1;
  }

  /**
   * Takes the target for a rollout that was held, unless another one has it or the rollout has ended meanwhile. Answers
   * how the target stands, or nothing when the rollout wants it no longer.
   */
  static async takeForHeld(
    tx: Knex.Transaction,
    key: { componentRef: string; environmentRef: string },
    rolloutId: string,
  ): Promise<DeploymentRecord | undefined> {
    // In the order in which a decision of the rollout locks them: it waits here, or this waits for it.
    const rollouts = tx('rollouts').where({ id: rolloutId, phase: 'held' });
    const held = await (isPostgres(tx) ? rollouts.forUpdate() : rollouts);
    if (!held.length) return undefined;
    const target = {
      component_ref: key.componentRef,
      environment_ref: key.environmentRef,
    };
    await tx<DeploymentRow>('deployments')
      .where(target)
      .whereNull('active_rollout_id')
      .update({ active_rollout_id: rolloutId });
    const row = await tx<DeploymentRow>('deployments').where(target).first();
    return row && parse(row);
  }

  /** Lets the target go, if this rollout has it. */
  static async release(
    tx: Knex.Transaction,
    key: { componentRef: string; environmentRef: string },
    rolloutId: string,
  ): Promise<void> {
    await tx<DeploymentRow>('deployments')
      .where({
        component_ref: key.componentRef,
        environment_ref: key.environmentRef,
        active_rollout_id: rolloutId,
      })
      .update({ active_rollout_id: null, active_rollout_phase: null });
  }

  async get(key: {
    componentRef: string;
    environmentRef: string;
  }): Promise<DeploymentRecord | undefined> {
    const row = await this.knex<DeploymentRow>('deployments')
      .where({
        component_ref: key.componentRef,
        environment_ref: key.environmentRef,
      })
      .first();
    return row && parse(row);
  }

  /** What runs and has no rollout under way, in the order of component and environment. */
  async settled(range: Range): Promise<DeploymentRecord[]> {
    const rows = await this.inOrder(range)
      .whereNull('active_rollout_id')
      .whereNotNull('release');
    return rows.map(parse);
  }

  /** Those of the keys that run something and have no rollout under way. */
  async settledOf(keys: DeploymentKey[]): Promise<DeploymentRecord[]> {
    if (!keys.length) return [];
    const rows = await this.knex<DeploymentRow>('deployments')
      .whereIn(
        ['component_ref', 'environment_ref'],
        keys.map(key => [key.componentRef, key.environmentRef]),
      )
      .whereNull('active_rollout_id')
      .whereNotNull('release');
    return rows.map(parse);
  }

  /** What the catalog said of all deployments, in the same order. */
  async facts(range: Range): Promise<CatalogFacts[]> {
    const rows = await this.inOrder(range).select(
      factNames.map(name => columns[name]),
    );
    return rows.map(parse);
  }

  private inOrder({ after, limit }: Range) {
    const rows = this.knex<DeploymentRow>('deployments')
      .orderBy('component_ref')
      .orderBy('environment_ref')
      .limit(limit);
    return after
      ? rows.whereRaw('(component_ref, environment_ref) > (?, ?)', [
          after.componentRef,
          after.environmentRef,
        ])
      : rows;
  }

  async list(query: {
    scope: ComponentScope;
    ownerRef?: string;
    systemRef?: string;
    environmentRef?: string;
    tier?: Tier;
    cursor?: string;
    limit: number;
  }): Promise<PageOf<DeploymentRecord>> {
    const matching = this.knex<DeploymentRow>('deployments');
    whereInScope(this.knex, matching, query.scope);
    if (query.ownerRef) matching.where({ owner_ref: query.ownerRef });
    if (query.systemRef) matching.where({ system_ref: query.systemRef });
    if (query.environmentRef)
      matching.where({ environment_ref: query.environmentRef });
    if (query.tier) matching.where({ tier: query.tier });
    const [{ count }] = await matching.clone().count({ count: '*' });
    const after = query.cursor ? decodeCursor(query.cursor) : undefined;
    if (after)
      matching.whereRaw('(component_ref, environment_ref) > (?, ?)', after);
    const rows = await matching
      .orderBy('component_ref')
      .orderBy('environment_ref')
      .limit(query.limit + 1);
    return pageOf(rows, {
      limit: query.limit,
      totalItems: Number(count),
      position: row => [row.component_ref, row.environment_ref],
      item: parse,
    });
  }
}

/** A deployment as the API shows it, but for what depends on the caller. */
export function deploymentView(
  record: DeploymentRecord,
): Omit<Deployment, 'allowedActions'> {
  const {
    release,
    previousRelease,
    generation: _generation,
    runtime: _runtime,
    settings: _settings,
    environmentOrder: _order,
    ...shown
  } = record;
  return {
    ...shown,
    ...(release && { release: summary(release) }),
    ...(previousRelease && { previousRelease: summary(previousRelease) }),
  };
}

function summary({ releaseId, version, digest, commit }: RunRelease) {
  return { id: releaseId, version, digest, ...(commit && { commit }) };
}

function factsRow(facts: DeploymentFacts) {
  return {
    component_ref: facts.componentRef,
    environment_ref: facts.environmentRef,
    component_title: facts.componentTitle,
    owner_ref: facts.ownerRef ?? null,
    system_ref: facts.systemRef ?? null,
    environment_name: facts.environmentName,
    environment_order: facts.environmentOrder,
    tier: facts.tier,
    runtime: facts.runtime,
    settings: JSON.stringify(facts.settings),
  };
}

function changeRow(change: object): Partial<DeploymentRow> {
  return Object.fromEntries(
    Object.entries(change).map(([name, value]) => [
      columns[name as keyof DeploymentRecord],
      value !== null && typeof value === 'object'
        ? JSON.stringify(value)
        : value,
    ]),
  );
}

function parse(row: DeploymentRow): DeploymentRecord {
  const record: Record<string, unknown> = {};
  const json = new Set([
    'settings',
    'release',
    'previousRelease',
    'observation',
  ]);
  for (const [name, column] of Object.entries(columns)) {
    const value = row[column];
    if (value === null || value === undefined) continue;
    record[name] = json.has(name) ? JSON.parse(String(value)) : value;
  }
  return record as unknown as DeploymentRecord;
}

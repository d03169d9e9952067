import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { isPostgres, multiply, uuid } from './multiply';
import {
  environments,
  type Patterns,
  patternName,
  patternRef,
} from './patterns';

/** How much there is beside the pattern. */
export interface Scale {
  components: number;
  /** Past rollouts of each component in each environment. */
  rounds: number;
  /** Held for approval, and as many canaries that wait for a person. Less than a third of the components. */
  active: number;
}

// Nothing of the portal's own works on the copies while it is measured: another replica would.
const farFuture = '2999-01-01T00:00:00.000Z';

/** The catalog's rows of one component, once for each. */
export async function seedCatalog(
  knex: Knex,
  { components }: Scale,
): Promise<void> {
  const [state] = await knex('refresh_state').where({ entity_ref: patternRef });
  const id = String(state.entity_id);
  const copies = {
    from: 0,
    to: components,
    tokens: {
      [id]: uuid(knex, 'c', 'n'),
      [patternName]: `('bench-' || n)`,
    },
    minutesBack: '0',
  };
  await multiply(knex, 'refresh_state', [state], {
    ...copies,
    set: { next_update_at: `'${farFuture}'` },
  });
  for (const [table, column, value] of [
    ['final_entities', 'entity_id', id],
    ['search', 'entity_id', id],
    ['relations', 'originating_entity_id', id],
    ['refresh_state_references', 'target_entity_ref', patternRef],
  ])
    await multiply(
      knex,
      table,
      await knex(table).where({ [column]: value }),
      copies,
    );
  await knex('refresh_state').update({
    next_update_at: isPostgres(knex) ? farFuture : '2999-01-01 00:00:00',
  });
  await settle(knex);
}

/** The plugin's rows, and its engine's. */
export async function seedDelivery(
  knex: Knex,
  patterns: Patterns,
  scale: Scale,
): Promise<void> {
  const { components, rounds, active } = scale;
  const perEnvironment = components * rounds;
  const name = `('bench-' || (n % ${components}))`;
  const version = `((n / ${components} + 1) || '.0.0')`;
  const [first] = patterns.past;
  const release = uuid(knex, 'b', 'n');

  await copyRun(knex, first.release.id, {
    from: 0,
    to: perEnvironment,
    tokens: {
      [first.release.id]: release,
      [patternName]: name,
      '1.0.0': version,
    },
    minutesBack: `(${perEnvironment} - n) * 10 + 2000`,
  });
  for (const [index, past] of patterns.past.entries()) {
    const tokens = {
      [past.id]: uuid(knex, 'a', `n + ${index * perEnvironment}`),
      [first.release.id]: release,
      [patternName]: name,
      '1.0.0': version,
    };
    const copies = {
      from: 0,
      to: perEnvironment,
      tokens,
      minutesBack: `(${perEnvironment} - n) * 10 + ${1500 - index * 2}`,
    };
    await copyRun(knex, past.id, copies);
    const [running] = await deployment(knex, past);
    const newest = perEnvironment - components;
    await multiply(knex, 'deployments', [withoutActive(running, past)], {
      ...copies,
      from: newest,
      to: perEnvironment,
    });
  }
  await seedActive(knex, patterns, { first: first.release.id, scale });
  // The copies are old news, which nobody is notified of, and which promotes nothing.
  const last = await knex('engine_events')
    .orderBy('xid', 'desc')
    .orderBy('id', 'desc')
    .first('xid', 'id');
  const cursor = `${last.xid}.${last.id}`;
  await knex('feed_cursors')
    .insert(
      ['notifications', 'auto-promotion'].map(reader => ({ reader, cursor })),
    )
    .onConflict('reader')
    .merge();
  // As while another replica does them.
  await knex('backstage_backend_tasks__tasks')
    .whereIn('id', [
      'delivery-observe-deployments',
      'delivery-refresh-catalog-facts',
    ])
    .update({
      current_run_ticket: 'another-replica',
      current_run_started_at: new Date().toISOString(),
      current_run_expires_at: farFuture,
    });
  await settle(knex);
}

/** Those that wait for an approval, and canaries in which somebody has to go on. */
async function seedActive(
  knex: Knex,
  { pending, paused }: Patterns,
  { first, scale }: { first: string; scale: Scale },
): Promise<void> {
  const { components, rounds, active } = scale;
  const next = uuid(knex, 'd', 'n');
  const before = uuid(knex, 'b', `n + ${components * (rounds - 1)}`);
  const tokens = {
    [pending.release.id]: next,
    [pending.id]: uuid(knex, 'e', 'n'),
    [paused.id]: uuid(knex, 'f', 'n'),
    [first]: before,
    [patternName]: `('bench-' || n)`,
    '2.0.0': `'${rounds + 1}.0.0'`,
    '1.0.0': `'${rounds}.0.0'`,
  };
  const copies = { tokens, minutesBack: 'n' };
  await copyRun(knex, pending.release.id, {
    ...copies,
    from: 0,
    to: 2 * active,
  });
  await copyRun(knex, pending.id, { ...copies, from: 0, to: active });
  await copyRun(knex, paused.id, { ...copies, from: active, to: 2 * active });
  const staging = environments.indexOf('staging');
  await knex.raw(
    `UPDATE deployments SET active_rollout_phase = 'paused', active_rollout_id =
       (SELECT id FROM rollouts r WHERE r.component_ref = deployments.component_ref
          AND r.environment_ref = deployments.environment_ref AND r.phase = 'paused')
     WHERE environment_ref = ? AND component_ref <> ? AND EXISTS
       (SELECT 1 FROM rollouts r WHERE r.component_ref = deployments.component_ref
          AND r.environment_ref = deployments.environment_ref AND r.phase = 'paused')`,
    [`resource:default/${environments[staging]}`, patternRef],
  );
}

/** Everything that is kept of one run of the engine: a release, or a rollout with what people said. */
async function copyRun(
  knex: Knex,
  id: string,
  copies: Parameters<typeof multiply>[3],
): Promise<void> {
  for (const [table, column] of [
    ['releases', 'id'],
    ['rollouts', 'id'],
    ['approvals', 'id'],
    ['approval_people', 'approval_id'],
    ['engine_runs', 'id'],
    ['engine_events', 'run_id'],
    ['engine_effects', 'run_id'],
  ])
    await multiply(
      knex,
      table,
      await knex(table).where({ [column]: id }),
      copies,
    );
}

function deployment(knex: Knex, rollout: Rollout) {
  return knex('deployments').where({
    component_ref: patternRef,
    environment_ref: rollout.environmentRef,
  });
}

function withoutActive(row: Record<string, unknown>, past: Rollout) {
  return {
    ...row,
    active_rollout_id: null,
    active_rollout_phase: null,
    last_rollout_id: past.id,
  };
}

/** What either database does by itself in the hours in which so many rows come about. */
async function settle(knex: Knex): Promise<void> {
  await knex.raw(isPostgres(knex) ? 'VACUUM (ANALYZE)' : 'ANALYZE');
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  HealthStatus,
  Observation,
} from '@slipway/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import {
  type DeploymentRecord,
  DeploymentStore,
} from '../database/DeploymentStore';
import { fingerprint } from '../domain/rollout/desired';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';

const observeTimeoutMs = 10_000;

/**
 * Looks at everything that runs and has no rollout under way, and stores what has changed. Answers the targets that
 * did. A target that cannot be seen is `unknown`; that one fails does not keep the others from being looked at.
 */
export async function observeDeployments(options: {
  knex: Knex;
  registry: DeliveryRegistry;
  logger: LoggerService;
  now: () => number;
  signal: AbortSignal;
}): Promise<DeploymentRecord[]> {
  const { knex, registry, logger, now, signal } = options;
  const changed: DeploymentRecord[] = [];
  for (const record of await new DeploymentStore(knex).settled()) {
    if (signal.aborted) break;
    const seen = await observe(record, registry, signal).catch(error => {
      logger.warn(
        `${record.componentRef} cannot be seen in ${record.environmentRef}: ${error}`,
      );
      return undefined;
    });
    const health = healthOf(record, seen);
    const same =
      health === record.health &&
      fingerprint(seen?.observation) === fingerprint(record.observation);
    if (same) continue;
    await DeploymentStore.update(knex, record, {
      health,
      ...(seen?.observation && { observation: seen.observation }),
      updatedAt: new Date(now()).toISOString(),
    });
    changed.push(record);
  }
  return changed;
}

async function observe(
  record: DeploymentRecord,
  registry: DeliveryRegistry,
  signal: AbortSignal,
): Promise<{ observation?: Observation }> {
  const observation = await registry.getRuntime(record.runtime).observe(
    {
      componentRef: record.componentRef,
      environmentRef: record.environmentRef,
      environmentName: record.environmentName,
      settings: record.settings,
    },
    {
      signal: AbortSignal.any([signal, AbortSignal.timeout(observeTimeoutMs)]),
      idempotencyKey: 'observe',
    },
  );
  return observation ? { observation } : {};
}

function healthOf(
  record: DeploymentRecord,
  seen: { observation?: Observation } | undefined,
): HealthStatus {
  if (!seen) return 'unknown';
  const version = seen.observation?.versions.find(
    ({ releaseId }) => releaseId === record.release?.releaseId,
  );
  return version ? version.health : 'stopped';
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  HealthStatus,
  Observation,
} from '@slipway/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type DeploymentKey,
  type DeploymentRecord,
  DeploymentStore,
} from '../database/DeploymentStore';
import { fingerprint } from '../domain/rollout/desired';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';

const observeTimeoutMs = 10_000;
/** Read, and written, at once: thousands would keep everybody else waiting. */
const pageSize = 100;
const atOnce = 8;
/** One change of a target is seldom alone. */
const gatherMs = 250;

/** What was seen of one deployment, where it is not what is stored. */
interface Change {
  record: DeploymentRecord;
  health: HealthStatus;
  observation?: Observation;
}

/** Looks at everything that runs and has no rollout under way, and stores what has changed. */
export class DeploymentObserver {
  /** Where the last round had to stop. */
  #after?: DeploymentKey;
  /** Those that are said to look different now. */
  readonly #due = new Map<string, DeploymentKey>();
  #looking?: Promise<void>;
  readonly #stopped = new AbortController();

  constructor(
    private readonly options: {
      knex: Knex;
      registry: DeliveryRegistry;
      logger: LoggerService;
      now: () => number;
      /** Hears of each target that changed. */
      onChange: (target: DeploymentKey) => Promise<void>;
    },
  ) {}

  /**
   * One round. A target that cannot be seen is `unknown`; that one fails does not keep the others from being looked at.
   * A round that is aborted is gone on with by the next one.
   */
  async run(signal: AbortSignal): Promise<void> {
    const store = new DeploymentStore(this.options.knex);
    while (!signal.aborted) {
      const page = await store.settled({ after: this.#after, limit: pageSize });
      const changes: Change[] = [];
      for (let from = 0; from < page.length && !signal.aborted; from += atOnce)
        changes.push(
          ...(await this.#look(page.slice(from, from + atOnce), signal)),
        );
      await this.#write(changes);
      if (signal.aborted) return;
      this.#after = page.at(-1);
      if (!this.#after) return;
    }
  }

  /** Looks at one of them without waiting for its round, together with others that are told of in the next moment. */
  lookSoon({ componentRef, environmentRef }: DeploymentKey): void {
    if (this.#stopped.signal.aborted) return;
    const key = { componentRef, environmentRef };
    this.#due.set(JSON.stringify([componentRef, environmentRef]), key);
    this.#looking ??= this.#lookAtDue()
      .catch(error =>
        this.options.logger.warn(
          `What changed could not be looked at before its round: ${error}`,
        ),
      )
      .finally(() => {
        this.#looking = undefined;
      });
  }

  /** Returns when nothing is looked at out of its round any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#looking;
  }

  async #lookAtDue(): Promise<void> {
    const { signal } = this.#stopped;
    const store = new DeploymentStore(this.options.knex);
    while (this.#due.size) {
      await pause(gatherMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const keys = [...this.#due.entries()].slice(0, pageSize);
      for (const [name] of keys) this.#due.delete(name);
      const records = await store.settledOf(keys.map(([, key]) => key));
      for (let from = 0; from < records.length; from += atOnce)
        await this.#write(
          await this.#look(records.slice(from, from + atOnce), signal),
        );
    }
  }

  async #look(
    records: DeploymentRecord[],
    signal: AbortSignal,
  ): Promise<Change[]> {
    const changes = await Promise.all(
      records.map(async record => {
        const seen = await this.#observe(record, signal).catch(error => {
          this.options.logger.warn(
            `${record.componentRef} cannot be seen in ${record.environmentRef}: ${error}`,
          );
          return undefined;
        });
        return {
          record,
          health: healthOf(record, seen),
          ...(seen?.observation && { observation: seen.observation }),
        };
      }),
    );
    // What a stop cut short says nothing of the targets.
    if (signal.aborted) return [];
    return changes.filter(
      ({ record, health, observation }) =>
        health !== record.health ||
        fingerprint(observation) !== fingerprint(record.observation),
    );
  }

  async #observe(
    record: DeploymentRecord,
    signal: AbortSignal,
  ): Promise<{ observation?: Observation }> {
    const runtime = this.options.registry.getRuntime(record.runtime);
    const observation = await runtime.observe(
      {
        componentRef: record.componentRef,
        environmentRef: record.environmentRef,
        environmentName: record.environmentName,
        settings: record.settings,
      },
      {
        signal: AbortSignal.any([
          signal,
          AbortSignal.timeout(observeTimeoutMs),
        ]),
        idempotencyKey: 'observe',
      },
    );
    return observation ? { observation } : {};
  }

  async #write(changes: Change[]): Promise<void> {
    if (!changes.length) return;
    const { knex, now, onChange } = this.options;
    const updatedAt = new Date(now()).toISOString();
    const written = await knex.transaction(async tx => {
      const targets: DeploymentRecord[] = [];
      for (const { record, health, observation } of changes)
        if (
          await DeploymentStore.updateSettled(tx, record, {
            health,
            ...(observation && { observation }),
            updatedAt,
          })
        )
          targets.push(record);
      return targets;
    });
    for (const target of written) await onChange(target);
  }
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

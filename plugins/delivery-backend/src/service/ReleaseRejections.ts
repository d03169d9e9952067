import { ConflictError } from '@backstage/errors';
import type { Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { actorOf, type Caller } from '@slipway/backstage-plugin-slipway-node';
import type { ReleaseStore } from '../database/ReleaseStore';
import type { RolloutStore } from '../database/RolloutStore';
import type {
  ReleaseCommand,
  ReleaseDocument,
} from '../domain/release/releaseWorkflow';
import type { RolloutCommand } from '../domain/rollout/commands';

/** Marks releases as bad, and ends what is under way with them anywhere. Who may has been decided before. */
export class ReleaseRejections {
  constructor(
    private readonly options: {
      engine: Engine;
      releases: ReleaseStore;
      rollouts: RolloutStore;
    },
  ) {}

  /** A release that is rejected already stays so, by whom and why it was first. */
  async rejectOnce(
    releaseId: string,
    reason: string,
    caller: Caller,
    tx: Knex.Transaction,
  ): Promise<void> {
    const release = await this.options.releases.get(releaseId, tx);
    if (!release || release.rejection) return;
    try {
      await this.#mark(release, reason, caller, tx);
    } catch (error) {
      // Somebody else did in this moment.
      if (error instanceof ConflictError) return;
      throw error;
    }
    await this.#end(release, reason, caller, tx);
  }

  /** Throws `ConflictError` when it is rejected already. */
  async reject(
    release: ReleaseDocument,
    reason: string,
    caller: Caller,
    tx: Knex.Transaction,
  ): Promise<void> {
    await this.#mark(release, reason, caller, tx);
    await this.#end(release, reason, caller, tx);
  }

  async #mark(
    release: ReleaseDocument,
    reason: string,
    caller: Caller,
    tx: Knex.Transaction,
  ): Promise<void> {
    await this.options.engine.submit<ReleaseCommand>({
      runId: release.id,
      command: { type: 'reject', by: actorOf(caller).id, reason },
      actor: actorOf(caller),
      tx,
    });
  }

  async #end(
    release: ReleaseDocument,
    reason: string,
    caller: Caller,
    tx: Knex.Transaction,
  ): Promise<void> {
    const { engine, rollouts } = this.options;
    for (const { rollout, refusals } of await rollouts.activeOf(release.id, tx))
      if (!refusals.abort)
        await engine.submit<RolloutCommand>({
          runId: rollout.id,
          command: {
            type: 'abort',
            reason: `${release.version} was rejected: ${reason}`,
          },
          actor: actorOf(caller),
          tx,
        });
  }
}

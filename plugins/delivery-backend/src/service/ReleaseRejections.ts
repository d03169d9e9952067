import type { Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { actorOf, type Caller } from '@slipway/backstage-plugin-slipway-node';
import type { ReleaseStore } from '../database/ReleaseStore';
import type { RolloutStore } from '../database/RolloutStore';
import type { ReleaseCommand } from '../domain/release/releaseWorkflow';
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
  async reject(
    releaseId: string,
    reason: string,
    caller: Caller,
    tx: Knex.Transaction,
  ): Promise<void> {
    const { engine, releases, rollouts } = this.options;
    const release = await releases.get(releaseId, tx);
    if (!release || release.rejection) return;
    await engine.submit<ReleaseCommand>({
      runId: releaseId,
      command: { type: 'reject', by: actorOf(caller).id, reason },
      actor: actorOf(caller),
      tx,
    });
    for (const { rollout, refusals } of await rollouts.activeOf(releaseId, tx))
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

import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Engine } from '@slipway/workflow-engine';
import type { ApprovalStore } from '../database/ApprovalStore';
import type { DeploymentStore } from '../database/DeploymentStore';
import type { RolloutState } from '../domain/rollout/state';
import { reviewNotice } from './reviewNotice';

/** Whoever broke the glass is still at it; the first notice came at once. */
const patienceMs = 86_400_000;

/** Reminds people of the uses of break-glass that nobody has reviewed. */
export class ReviewReminder {
  constructor(
    private readonly options: {
      approvals: ApprovalStore;
      deployments: DeploymentStore;
      engine: Engine;
      notifications: NotificationService;
      now: () => number;
    },
  ) {}

  async run(): Promise<void> {
    const { approvals, deployments, engine, notifications, now } = this.options;
    for (const id of await approvals.unreviewed(now() - patienceMs)) {
      const run = await engine.read<RolloutState>(id);
      if (!run) continue;
      const deployment = await deployments.get(run.state.request.target);
      const notice = reviewNotice(id, run.state, deployment?.ownerRef);
      if (!notice) continue;
      await notifications.send({
        recipients: {
          type: 'entity',
          entityRef: notice.to,
          excludeEntityRef: notice.except,
        },
        payload: notice.payload,
      });
    }
  }
}

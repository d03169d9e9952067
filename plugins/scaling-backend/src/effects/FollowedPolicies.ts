import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';
import type { AutoscalerStore } from '../database/AutoscalerStore';
import type { ChangeTarget } from '../domain/change/state';
import type { DeliveryMeans } from './DeliveryMeans';
import type { PolicyMeans, Removed } from './PolicyMeans';

/**
 * Policies that Slipway follows by itself, where the runtime has no autoscaler. Nothing is set up anywhere: a policy is
 * followed for as long as its run says that it is applied (`PolicyFollower`).
 */
export class FollowedPolicies implements PolicyMeans {
  constructor(
    private readonly options: {
      autoscalers: AutoscalerStore;
      delivery: DeliveryMeans;
    },
  ) {}

  read(
    target: ChangeTarget,
    signal: AbortSignal,
  ): Promise<ReplicaSetting | undefined> {
    return this.options.delivery.read(target, signal);
  }

  async apply(): Promise<void> {}

  async remove(
    target: ChangeTarget,
    before: ReplicaSetting | undefined,
    context: Parameters<PolicyMeans['remove']>[2],
  ): Promise<Removed> {
    const { autoscalers, delivery } = this.options;
    await autoscalers.remove(target.id);
    if (!(await delivery.read(target, context.signal))) return 'gone';
    if (!before) return 'removed';
    const written = await delivery.write(target, before, context);
    return written === 'done' ? 'removed' : written;
  }
}

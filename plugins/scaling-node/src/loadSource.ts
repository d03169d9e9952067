import type { PolicyMetric } from '@slipway/backstage-plugin-scaling-common';
import type { ControlledTarget } from './replicaControl';

/** What a workload had to do lately. @public */
export interface MeasuredLoad {
  /**
   * What all replicas had to do together, by the kind of the policy's metric: of `requestsPerReplica` the requests in a
   * second. One that could not be measured is left out.
   */
  totals: Partial<Record<PolicyMetric['type'], number>>;
  /** Why something is left out, in words. */
  problem?: string;
}

/**
 * Measures load where the runtime has no autoscaler, so that Slipway follows policies there by itself: it looks every 15
 * seconds, and has delivery change the number.
 *
 * @public
 */
export interface LoadSource {
  /** Why a policy with this metric cannot be followed, in words. Nothing where it can. */
  refusal(metric: PolicyMetric): string | undefined;
  /** Throws when nothing can be known. */
  measure(
    target: ControlledTarget,
    context: { signal: AbortSignal },
  ): Promise<MeasuredLoad>;
}

import type { JsonObject } from '@backstage/types';
import type {
  Gate,
  GateMeasurement,
  HealthStatus,
  ReleaseRejection,
  RolloutGates,
  Subject,
  Tier,
  WindowRef,
} from '@slipway/backstage-plugin-delivery-common';

/** How a stage before this one stands with the release that is asked for. Instants are epoch milliseconds. */
export interface UpstreamFacts {
  stage: string;
  environmentName: string;
  /** Since when the release has run there; absent when it never did. */
  since?: number;
  /** Until when; absent while it runs. */
  until?: number;
  health: HealthStatus;
}

/** Whether windows and freezes let changes through at the moment of the look. */
export interface WindowFacts {
  open: boolean;
  /** When that may change, epoch milliseconds; absent when it never does. */
  until?: number;
  /** What closes, or what would have to open. */
  because: WindowRef[];
  /** Why nobody can tell, in words; closed as long as that is so. */
  unknown?: string;
  /** Those without which it would be closed. */
  exceptions?: Array<{ id: string; until: number; approvedBy: string[] }>;
}

/**
 * Everything that gates are judged by, as it was at one moment. It is kept in events, so that a decision can be
 * understood years later, and holds nothing that cannot be shown.
 */
export interface GateFacts {
  subject: Subject;
  pipeline?: RolloutGates['pipeline'];
  /** Of the stage, as the pipeline has them. */
  gates: Gate[];
  tier: Tier;
  /** Absent where no window fits the target. */
  windows?: WindowFacts;
  upstream: UpstreamFacts[];
  /** Of each analysis gate, in their order; absent where there is none. */
  analyses?: GateMeasurement[][];
  /** Authors of the release's commit, where known. */
  authors: string[];
  rejection?: ReleaseRejection;
  /** What policies may ask about. */
  policy: JsonObject;
}

/** Whether there is anything that could hold. */
export function hasGates(facts: GateFacts): boolean {
  return facts.gates.length > 0 || facts.windows !== undefined;
}

import type { JsonObject } from '@backstage/types';
import type {
  ComparisonSettings,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import type {
  AnalysisSubject,
  DeliveryTarget,
  DesiredRelease,
  DesiredState,
} from '@slipway/backstage-plugin-delivery-node';
import type { GateFacts, WindowFacts } from '../gates/facts';
import type { TakenTarget } from './events';
import type { RolloutRequest } from './state';

/** What the gates of a rollout are looked at for. */
export interface GatedRequest {
  componentRef: string;
  environmentRef: string;
  releaseId: string;
  strategy: Strategy;
  replicas: number;
  ungated?: boolean;
}

/** What the effect `delivery.gates` answers. */
export interface GatesEffectResult {
  facts: GateFacts;
  /** Absent when it was not wanted, or another rollout has the target. */
  taken?: TakenTarget;
  /** The rollout that has the target. */
  busyWith?: string;
}

/** What the effect `delivery.windows` answers. */
export interface WindowsEffectResult {
  /** Absent where no window could hold what is under way. */
  windows?: WindowFacts;
  /** Where they were wanted and something holds. */
  facts?: GateFacts;
}

/** What a rollout asks of the world. `runtime` is a runtime's name. */
export type RolloutEffect =
  | {
      kind: 'delivery.gates';
      request: GatedRequest;
      /** Whether the target is to be taken, because all that is known lets the rollout begin. */
      take: boolean;
      /** What is known; only something else is worth telling. Absent in runs that an earlier version began. */
      known?: {
        /** See `factsMark`. */
        mark: string;
        busyWith?: string;
        /** Since when is waited, epoch milliseconds. */
        since: number;
        /** When the gates are to be judged anew, though nothing else has changed. */
        until?: number;
      };
    }
  | {
      kind: 'delivery.windows';
      target: Pick<
        RolloutRequest['target'],
        'componentRef' | 'environmentRef' | 'tier'
      >;
      /** Set: the rollout has no gates, and has to tell what it was held for. */
      facts?: GatedRequest;
      /** What is known to hold; only something else is worth telling. */
      seen?: WindowFacts;
    }
  | {
      kind: 'delivery.prepare';
      runtime: string;
      target: DeliveryTarget;
      release: DesiredRelease;
    }
  | {
      kind: 'delivery.conclude';
      runtime: string;
      target: DeliveryTarget;
      release: DesiredRelease;
    }
  | {
      kind: 'delivery.converge';
      runtime: string;
      target: DeliveryTarget;
      desired: DesiredState;
      /** Fingerprint of what is known already; only something else is worth telling. */
      seen?: string;
    }
  | {
      kind: 'delivery.watch';
      runtime: string;
      target: DeliveryTarget;
      seen?: string;
    }
  | {
      kind: 'delivery.measure';
      metric: string;
      provider: string;
      query: JsonObject;
      /** Set: two series are wanted, and how they are compared. */
      comparison?: ComparisonSettings;
      subject: AnalysisSubject;
    }
  | {
      kind: 'delivery.step';
      name: string;
      config: JsonObject;
      subject: AnalysisSubject;
    };

import type { JsonObject } from '@backstage/types';
import type { ComparisonSettings } from '@slipway/backstage-plugin-delivery-common';
import type {
  AnalysisSubject,
  DeliveryTarget,
  DesiredRelease,
  DesiredState,
} from '@slipway/backstage-plugin-delivery-node';

/** What a rollout asks of the world. `runtime` is a runtime's name. */
export type RolloutEffect =
  | {
      kind: 'delivery.prepare';
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

import type { JsonObject } from '@backstage/types';
import type {
  ContainerResources,
  ReplicaResources,
  ResourceRecommendation,
  ScalingCondition,
  ScalingDriver,
  ScalingEvent,
  ScalingMetric,
} from '@slipway/backstage-plugin-scaling-common';
import type { LoadSource } from './loadSource';
import type { PolicyControl } from './policyControl';
import type { ReplicaControl } from './replicaControl';

/** A catalog `Resource` of type `environment`, for the provider that serves its runtime. @public */
export interface ScalingEnvironment {
  ref: string;
  name: string;
  /** `spec.target` of the environment, as it stands there. */
  settings: JsonObject;
}

/** A component that may run there. @public */
export interface ScalingComponent {
  ref: string;
  annotations: Record<string, string>;
}

/** One workload of a component, as it is now. What is not known is left out. @public */
export interface ObservedTarget {
  componentRef: string;
  /** Unique within component and environment, such as `Deployment/checkout`. */
  workload: string;
  driver: ScalingDriver;
  /** Delivery rolls it out, so that its fixed number of replicas is part of what delivery keeps. */
  delivered?: boolean;
  currentReplicas?: number;
  readyReplicas?: number;
  desiredReplicas?: number;
  minReplicas?: number;
  maxReplicas?: number;
  metrics: ScalingMetric[];
  /** What one replica requests. */
  resources?: ReplicaResources;
  /** What each of its containers requests and is limited to. */
  containers?: ContainerResources[];
  conditions: ScalingCondition[];
  recommendations: ResourceRecommendation[];
  events: ScalingEvent[];
}

/**
 * What knows of replicas and autoscalers. Each vendor is a module of its own. It is asked every 30 seconds by one replica
 * for all.
 *
 * @public
 */
export interface ScalingProvider {
  /** Unique among providers; lasts over restarts. */
  name: string;
  /** For people. */
  title: string;
  /** Environments of these runtimes (`spec.runtime`) are its own. */
  runtimes: string[];
  /**
   * All workloads of the components in one environment. What is not among them is taken to be gone. The message of an
   * error thrown here is shown to people; what was known before stays, and is marked.
   */
  observe(
    environment: ScalingEnvironment,
    components: ScalingComponent[],
    context: { signal: AbortSignal },
  ): Promise<ObservedTarget[]>;
  /** Where it can change what it observes. */
  control?: ReplicaControl;
  /** Where it can have autoscalers work by policies; needs `control` too. */
  policies?: PolicyControl;
  /** Where there is no autoscaler to have, and delivery rolls out what runs. `policies` goes before it. */
  load?: LoadSource;
}

import type {
  KubernetesObject,
  V1LabelSelector,
  V1PodTemplateSpec,
  V1ReplicaSet,
} from '@kubernetes/client-node';

/** Where the API server serves the kind. */
export const rollouts = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  plural: 'rollouts',
};

/** On every ReplicaSet and pod of a Rollout, and in the selectors of Services that Argo switches. */
export const podHashLabel = 'rollouts-pod-template-hash';

/** The steps that Slipway writes, of those there are. */
export interface CanaryStep {
  setWeight?: number;
  setCanaryScale?: { replicas?: number; matchTrafficWeight?: boolean };
  pause?: { duration?: number | string };
}

interface CanaryStrategy {
  steps?: CanaryStep[];
  maxSurge?: number | string;
  maxUnavailable?: number | string;
  /** Present where something outside of Kubernetes shares traffic out, such as an ingress or a mesh. */
  trafficRouting?: object;
  stableService?: string;
}

interface BlueGreenStrategy {
  activeService?: string;
  previewService?: string;
  autoPromotionEnabled?: boolean;
  scaleDownDelaySeconds?: number;
  scaleDownDelayRevisionLimit?: number;
}

interface Condition {
  type?: string;
  status?: string;
  reason?: string;
  message?: string;
}

export interface RolloutStatus {
  abort?: boolean;
  blueGreen?: { activeSelector?: string; previewSelector?: string };
  canary?: {
    weights?: {
      canary?: { podTemplateHash?: string; weight?: number };
      stable?: { podTemplateHash?: string; weight?: number };
    };
  };
  conditions?: Condition[];
  /** Set while the controller holds it; without `pauseConditions` somebody has let it go on. */
  controllerPause?: boolean;
  currentPodHash?: string;
  currentStepIndex?: number;
  message?: string;
  /** A number, written as a text. */
  observedGeneration?: string;
  pauseConditions?: Array<{ reason?: string; startTime?: string }> | null;
  phase?: string;
  promoteFull?: boolean;
  stableRS?: string;
}

/** As much of Argo's kind as Slipway reads and writes. */
export interface Rollout extends KubernetesObject {
  spec?: {
    replicas?: number;
    paused?: boolean;
    progressDeadlineSeconds?: number;
    revisionHistoryLimit?: number;
    selector?: V1LabelSelector;
    /** Absent where pods are described by another object. */
    template?: V1PodTemplateSpec;
    workloadRef?: { kind?: string; name?: string };
    strategy?: { canary?: CanaryStrategy; blueGreen?: BlueGreenStrategy };
  };
  status?: RolloutStatus;
}

export type StrategyType = 'canary' | 'blueGreen';

export function typeOf({ spec }: Rollout): StrategyType {
  return spec?.strategy?.blueGreen ? 'blueGreen' : 'canary';
}

/** Whether the controller has seen the spec as it is now. */
export function isObserved({ metadata, status }: Rollout): boolean {
  return (
    Number(status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0) &&
    status?.currentPodHash !== undefined
  );
}

/** Whether its pods are not all of its stable release yet. */
export function isUpdating({ status }: Rollout): boolean {
  return status?.currentPodHash !== status?.stableRS;
}

/** What the controller waits for, such as `CanaryPauseStep`; `undefined` while it goes on. */
export function pauseReason({ status }: Rollout): string | undefined {
  return status?.pauseConditions?.[0]?.reason;
}

export function hashOf({ metadata }: V1ReplicaSet): string | undefined {
  return metadata?.labels?.[podHashLabel];
}

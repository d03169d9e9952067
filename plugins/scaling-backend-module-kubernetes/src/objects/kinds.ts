import type { ResourceRecommendation } from '@slipway/backstage-plugin-scaling-common';
import type { V1ObjectMeta } from '@kubernetes/client-node';

export const deployments = { api: 'apis/apps/v1', plural: 'deployments' };
export const autoscalers = {
  api: 'apis/autoscaling/v2',
  plural: 'horizontalpodautoscalers',
};
export const disruptionBudgets = {
  api: 'apis/policy/v1',
  plural: 'poddisruptionbudgets',
};
export const events = { api: 'api/v1', plural: 'events' };
export const scaledObjects = {
  api: 'apis/keda.sh/v1alpha1',
  plural: 'scaledobjects',
};
export const verticalAutoscalers = {
  api: 'apis/autoscaling.k8s.io/v1',
  plural: 'verticalpodautoscalers',
};

/** As much of KEDA's ScaledObject as matters here. */
export interface ScaledObject {
  metadata?: V1ObjectMeta;
  spec?: {
    scaleTargetRef?: { kind?: string; name?: string };
    minReplicaCount?: number;
    maxReplicaCount?: number;
  };
  status?: {
    hpaName?: string;
    conditions?: Array<{
      type: string;
      status: string;
      reason?: string;
      message?: string;
    }>;
  };
}

/** As much of a VerticalPodAutoscaler as matters here. */
export interface VerticalPodAutoscaler {
  spec?: { targetRef?: { kind?: string; name?: string } };
  status?: {
    recommendation?: {
      containerRecommendations?: Array<{
        containerName: string;
        target: ResourceRecommendation['target'];
      }>;
    };
  };
}

import type {
  V1Deployment,
  V1ObjectMeta,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';
import { isDeployment } from '../objects/isDeployment';
import {
  autoscalers,
  deployments,
  type ScaledObject,
  scaledObjects,
} from '../objects/kinds';
import { kedaMostReplicas } from '../objects/targetOf';

/** The object that decides how many replicas a Deployment has, and how it is set. */
export interface Decider {
  kind: { api: string; plural: string };
  /** For people. */
  title: string;
  metadata: V1ObjectMeta;
  setting: ReplicaSetting;
}

/** KEDA's ScaledObject before the HorizontalPodAutoscaler that it makes; the Deployment itself where there is neither. */
export function deciderOf(
  deployment: V1Deployment,
  around: {
    hpas: V2HorizontalPodAutoscaler[];
    scaledObjects: ScaledObject[];
  },
): Decider {
  const name = deployment.metadata?.name ?? '';
  const scaled = around.scaledObjects.find(({ spec }) =>
    isDeployment(spec?.scaleTargetRef, name),
  );
  if (scaled)
    return {
      kind: scaledObjects,
      title: `ScaledObject ${scaled.metadata?.name}`,
      metadata: scaled.metadata ?? {},
      setting: {
        driver: 'keda',
        name: scaled.metadata?.name,
        minReplicas: scaled.spec?.minReplicaCount ?? 0,
        maxReplicas: scaled.spec?.maxReplicaCount ?? kedaMostReplicas,
      },
    };
  const hpa = around.hpas.find(({ spec }) =>
    isDeployment(spec?.scaleTargetRef, name),
  );
  if (hpa)
    return {
      kind: autoscalers,
      title: `HorizontalPodAutoscaler ${hpa.metadata?.name}`,
      metadata: hpa.metadata ?? {},
      setting: {
        driver: 'hpa',
        name: hpa.metadata?.name,
        minReplicas: hpa.spec?.minReplicas ?? 1,
        maxReplicas: hpa.spec?.maxReplicas ?? 1,
      },
    };
  return {
    kind: deployments,
    title: `Deployment ${name}`,
    metadata: deployment.metadata ?? {},
    setting: { driver: 'fixed', replicas: deployment.spec?.replicas ?? 1 },
  };
}

/** The fields of `spec` that a setting consists of. */
export function fieldsOf(setting: ReplicaSetting): Record<string, number> {
  const { driver, maxReplicas, minReplicas, replicas } = setting;
  if (driver === 'fixed') return { replicas: replicas ?? 1 };
  return driver === 'hpa'
    ? { minReplicas: minReplicas ?? 1, maxReplicas: maxReplicas ?? 1 }
    : {
        minReplicaCount: minReplicas ?? 0,
        maxReplicaCount: maxReplicas ?? kedaMostReplicas,
      };
}

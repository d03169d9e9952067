import type {
  CoreV1Event,
  V1Deployment,
  V1PodDisruptionBudget,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import type {
  ScalingCondition,
  ScalingDriver,
} from '@slipway/backstage-plugin-scaling-common';
import type { ObservedTarget } from '@slipway/backstage-plugin-scaling-node';
import { containerName } from '@slipway/backstage-plugin-kubernetes-node';
import { ownComponent } from './componentOf';
import { disruptionConditions } from './disruptionConditions';
import { eventsOf } from './eventsOf';
import { hpaConditions } from './hpaConditions';
import { hpaMetrics } from './hpaMetrics';
import { isDeployment } from './isDeployment';
import type { ScaledObject, VerticalPodAutoscaler } from './kinds';
import { containersOf, resourcesOf } from './resourcesOf';

// On a ScaledObject: somebody keeps KEDA from scaling.
const pausedAnnotations = [
  'autoscaling.keda.sh/paused',
  'autoscaling.keda.sh/paused-replicas',
];
// KEDA's own, where a ScaledObject says nothing.
export const kedaMostReplicas = 100;

/** What there is in a namespace beside Deployments. */
export interface Surroundings {
  hpas: V2HorizontalPodAutoscaler[];
  scaledObjects: ScaledObject[];
  verticals: VerticalPodAutoscaler[];
  events: CoreV1Event[];
  /** Nothing where they may not be listed. */
  budgets: V1PodDisruptionBudget[] | undefined;
}

/** A Deployment with what drives it. */
export function targetOf(
  deployment: V1Deployment,
  componentRef: string,
  { budgets, hpas, scaledObjects, verticals, events }: Surroundings,
): ObservedTarget {
  const name = deployment.metadata?.name ?? '';
  const scaled = scaledObjects.find(({ spec }) =>
    isDeployment(spec?.scaleTargetRef, name),
  );
  const hpa = hpas.find(({ spec }) => isDeployment(spec?.scaleTargetRef, name));
  const vertical = verticals.find(({ spec }) =>
    isDeployment(spec?.targetRef, name),
  );
  const { spec, status } = deployment;
  const resources = resourcesOf(spec?.template.spec);
  const isOurs = deployment.metadata?.annotations?.[ownComponent] !== undefined;
  const autoscalers = [hpa?.metadata?.name, scaled?.metadata?.name];
  return {
    componentRef,
    workload: `Deployment/${name}`,
    driver: driverOf(hpa, scaled),
    ...(isOurs && { delivered: true }),
    // Status leaves zeros out; before a controller has looked there is no status at all.
    ...(status?.observedGeneration !== undefined && {
      currentReplicas: status.replicas ?? 0,
      readyReplicas: status.readyReplicas ?? 0,
    }),
    ...(spec?.replicas !== undefined && { desiredReplicas: spec.replicas }),
    ...(scaled
      ? {
          minReplicas: scaled.spec?.minReplicaCount ?? 0,
          maxReplicas: scaled.spec?.maxReplicaCount ?? kedaMostReplicas,
        }
      : hpa && {
          minReplicas: hpa.spec?.minReplicas ?? 1,
          maxReplicas: hpa.spec?.maxReplicas,
        }),
    metrics: hpa ? hpaMetrics(hpa, resources) : [],
    resources,
    containers: containersOf(spec?.template.spec).map(container => ({
      ...container,
      ...(isOurs && container.name === containerName && { ofRelease: true }),
    })),
    conditions: [
      ...(hpa ? hpaConditions(hpa) : []),
      ...(scaled ? kedaConditions(scaled) : []),
      ...disruptionConditions(budgets, spec?.template.metadata?.labels ?? {}),
    ],
    recommendations: (
      vertical?.status?.recommendation?.containerRecommendations ?? []
    ).map(({ containerName: container, target }) => ({
      container,
      target,
    })),
    events: eventsOf(
      events,
      object =>
        (object.kind === 'Deployment' && object.name === name) ||
        (['HorizontalPodAutoscaler', 'ScaledObject'].includes(
          object.kind ?? '',
        ) &&
          object.name !== undefined &&
          autoscalers.includes(object.name)),
    ),
  };
}

function driverOf(
  hpa: V2HorizontalPodAutoscaler | undefined,
  scaled: ScaledObject | undefined,
): ScalingDriver {
  if (scaled)
    return {
      kind: 'keda',
      name: scaled.metadata?.name,
      ...(pausedAnnotations.some(
        annotation => scaled.metadata?.annotations?.[annotation] !== undefined,
      ) && { paused: true }),
    };
  return hpa ? { kind: 'hpa', name: hpa.metadata?.name } : { kind: 'fixed' };
}

function kedaConditions({ status }: ScaledObject): ScalingCondition[] {
  return (status?.conditions ?? []).flatMap(condition =>
    condition.type === 'Ready' && condition.status === 'False'
      ? [
          {
            type: condition.type,
            reason: condition.reason ?? 'Unknown',
            severity: 'error' as const,
            message:
              'KEDA cannot work on it: see its triggers and their authentication.',
            ...(condition.message && { detail: condition.message }),
          },
        ]
      : [],
  );
}

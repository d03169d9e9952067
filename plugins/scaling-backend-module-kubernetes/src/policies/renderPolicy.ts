import type { V2HorizontalPodAutoscalerSpec } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import type {
  PolicyMetric,
  ScalingPolicy,
} from '@slipway/backstage-plugin-scaling-common';

/** Where a policy is applied, and with which limits. */
export interface Rendering {
  policy: ScalingPolicy;
  /** Of the autoscaler, which may not be 0. */
  limits: { min: number; max: number };
  /** Of the Deployment. */
  name: string;
  /** Where KEDA reaches Prometheus. */
  prometheus?: string;
}

interface ScaledObjectSpec {
  scaleTargetRef: { name: string };
  minReplicaCount: number;
  maxReplicaCount: number;
  triggers: Array<{
    type: string;
    metricType?: string;
    metadata: Record<string, string>;
  }>;
  advanced?: object;
}

/** Whether a HorizontalPodAutoscaler alone cannot measure what the policy goes by. */
export function needsKeda({ spec }: ScalingPolicy): boolean {
  return spec.metrics.some(({ type }) => type !== 'cpu' && type !== 'memory');
}

/** Of `autoscaling/v2`. For policies that need no KEDA. */
export function autoscalerSpec({
  limits,
  name,
  policy,
}: Rendering): V2HorizontalPodAutoscalerSpec {
  const { behavior, metrics } = policy.spec;
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: limits.min,
    maxReplicas: limits.max,
    metrics: metrics.flatMap(metric =>
      'targetUtilization' in metric
        ? [
            {
              type: 'Resource',
              resource: {
                name: metric.type,
                target: {
                  type: 'Utilization',
                  averageUtilization: Math.round(metric.targetUtilization),
                },
              },
            },
          ]
        : [],
    ),
    ...(behavior && { behavior: behaviorOf(behavior) }),
  };
}

/** Of KEDA's `v1alpha1`. Throws `InputError` for what it cannot measure, naming the metric. */
export function scaledObjectSpec({
  limits,
  name,
  policy,
  prometheus,
}: Rendering): ScaledObjectSpec {
  const { behavior, metrics } = policy.spec;
  return {
    scaleTargetRef: { name },
    minReplicaCount: limits.min,
    maxReplicaCount: limits.max,
    triggers: metrics.map((metric, index) =>
      triggerOf(metric, `/spec/metrics/${index}`, prometheus),
    ),
    ...(behavior && {
      advanced: {
        horizontalPodAutoscalerConfig: { behavior: behaviorOf(behavior) },
      },
    }),
  };
}

type Behavior = NonNullable<ScalingPolicy['spec']['behavior']>;

/** As the API server wants it: a tolerance is a quantity, which is text. */
function behaviorOf({ scaleDown, scaleUp }: Behavior) {
  const rules = (one: NonNullable<Behavior['scaleUp']>) => {
    const { tolerance, ...rest } = one;
    return {
      ...rest,
      ...(tolerance !== undefined && { tolerance: String(tolerance) }),
    };
  };
  return {
    ...(scaleUp && { scaleUp: rules(scaleUp) }),
    ...(scaleDown && { scaleDown: rules(scaleDown) }),
  };
}

function triggerOf(
  metric: PolicyMetric,
  pointer: string,
  prometheus: string | undefined,
): ScaledObjectSpec['triggers'][number] {
  if ('targetUtilization' in metric)
    return {
      type: metric.type,
      metricType: 'Utilization',
      metadata: { value: String(Math.round(metric.targetUtilization)) },
    };
  if (!metric.query)
    throw new InputError(
      `${pointer}: nothing on Kubernetes counts ${metric.type} by itself; give it a Prometheus query`,
    );
  if (!prometheus)
    throw new InputError(
      `${pointer}: spec.target.prometheus of the environment is missing; write the address at which KEDA reaches Prometheus, such as http://prometheus.monitoring:9090`,
    );
  return {
    type: 'prometheus',
    metadata: {
      serverAddress: prometheus,
      query: metric.query,
      threshold: String(metric.target),
    },
  };
}

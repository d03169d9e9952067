import type { V1HorizontalPodAutoscaler } from '@kubernetes/client-node';

/** As much of KEDA's ScaledObject as matters here. */
export interface ScaledObject {
  metadata?: { name?: string };
  spec?: { scaleTargetRef?: { kind?: string; name?: string } };
}

/**
 * Which Deployments of a namespace something else scales, and what: a `HorizontalPodAutoscaler` or KEDA's
 * `ScaledObject`, which scales to zero without one.
 */
export function autoscalersOf(
  hpas: Array<{
    metadata?: { name?: string };
    spec?: Pick<
      NonNullable<V1HorizontalPodAutoscaler['spec']>,
      'scaleTargetRef'
    >;
  }>,
  scaledObjects: ScaledObject[],
): (deployment: string) => string | undefined {
  const owners = new Map<string, string>();
  for (const { metadata, spec } of hpas)
    if (spec?.scaleTargetRef.kind === 'Deployment')
      owners.set(
        spec.scaleTargetRef.name,
        `HorizontalPodAutoscaler ${metadata?.name}`,
      );
  for (const { metadata, spec } of scaledObjects) {
    const { kind = 'Deployment', name } = spec?.scaleTargetRef ?? {};
    if (kind === 'Deployment' && name)
      owners.set(name, `ScaledObject ${metadata?.name}`);
  }
  return deployment => owners.get(deployment);
}

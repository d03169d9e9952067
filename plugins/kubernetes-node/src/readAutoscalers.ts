import type { V1HorizontalPodAutoscalerSpec } from '@kubernetes/client-node';
import type { ClusterClient } from './ClusterClient';
import { ClusterResponseError } from './ClusterResponseError';

/** As much of KEDA's ScaledObject as matters here. @public */
export interface ScaledObject {
  metadata?: { name?: string };
  spec?: { scaleTargetRef?: { kind?: string; name?: string } };
}

/**
 * Which Deployments, or objects of another kind, something else scales in a namespace, and what: a
 * `HorizontalPodAutoscaler` or KEDA's `ScaledObject`, which scales to zero without one.
 *
 * @public
 */
export async function readAutoscalers(
  client: ClusterClient,
  namespace: string,
  scaledKind = 'Deployment',
): Promise<(name: string) => string | undefined> {
  const [hpas, scaledObjects] = await Promise.all([
    client.autoscaling.listNamespacedHorizontalPodAutoscaler({ namespace }),
    client.custom
      .listNamespacedCustomObject({
        group: 'keda.sh',
        version: 'v1alpha1',
        namespace,
        plural: 'scaledobjects',
      })
      .catch((error: unknown) => {
        // Without KEDA there is no such kind.
        if (error instanceof ClusterResponseError && error.status === 404)
          return { items: [] };
        throw error;
      }),
  ]);
  return autoscalersOf(
    hpas.items,
    (scaledObjects as { items: ScaledObject[] }).items,
    scaledKind,
  );
}

/** The same from what has been read. @public */
export function autoscalersOf(
  hpas: Array<{
    metadata?: { name?: string };
    spec?: Pick<V1HorizontalPodAutoscalerSpec, 'scaleTargetRef'>;
  }>,
  scaledObjects: ScaledObject[],
  scaledKind = 'Deployment',
): (name: string) => string | undefined {
  const owners = new Map<string, string>();
  for (const { metadata, spec } of hpas)
    if (spec?.scaleTargetRef.kind === scaledKind)
      owners.set(
        spec.scaleTargetRef.name,
        `HorizontalPodAutoscaler ${metadata?.name}`,
      );
  for (const { metadata, spec } of scaledObjects) {
    const { kind = 'Deployment', name } = spec?.scaleTargetRef ?? {};
    if (kind === scaledKind && name)
      owners.set(name, `ScaledObject ${metadata?.name}`);
  }
  return name => owners.get(name);
}

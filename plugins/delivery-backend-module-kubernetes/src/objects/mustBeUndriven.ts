import { ConflictError } from '@backstage/errors';
import {
  annotations,
  type ClusterClient,
  ClusterResponseError,
  labels,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';

interface Rollout {
  metadata?: {
    name?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
}

/** Throws `ConflictError` when Argo Rollouts runs the same component in the same environment: two drivers would fight. */
export async function mustBeUndriven(
  client: ClusterClient,
  namespace: string,
  { componentRef, environmentRef, id }: TargetIdentity,
): Promise<void> {
  const { items } = (await client.custom
    .listNamespacedCustomObject({
      group: 'argoproj.io',
      version: 'v1alpha1',
      namespace,
      plural: 'rollouts',
    })
    .catch((error: unknown) => {
      // Without Argo there is no such kind; a role of an older version may not ask.
      if (
        error instanceof ClusterResponseError &&
        [403, 404].includes(error.status)
      )
        return { items: [] };
      throw error;
    })) as { items: Rollout[] };
  const driven = items.find(
    ({ metadata }) =>
      metadata?.labels?.[labels.target] === id ||
      (metadata?.annotations?.[annotations.component] === componentRef &&
        metadata.annotations[annotations.environment] === environmentRef),
  );
  if (driven)
    throw new ConflictError(
      `Rollout ${driven.metadata?.name} in namespace ${namespace} runs the same component in the same environment, through Argo Rollouts. Set spec.runtime of the environment to 'argo-rollouts', or delete the Rollout (kubectl delete rollout ${driven.metadata?.name} -n ${namespace}; what it serves is away until the next rollout is through)`,
    );
}

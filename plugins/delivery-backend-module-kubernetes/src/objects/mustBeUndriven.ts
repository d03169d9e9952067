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

const api = { group: 'argoproj.io', version: 'v1alpha1' };

/**
 * Throws `ConflictError` when Argo Rollouts runs the same component in the same environment: two drivers would fight. Where
 * that may not be looked up, throws what the cluster says.
 */
export async function mustBeUndriven(
  client: ClusterClient,
  namespace: string,
  { componentRef, environmentRef, id }: TargetIdentity,
): Promise<void> {
  const items = await rolloutsIn(client, namespace);
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

async function rolloutsIn(
  client: ClusterClient,
  namespace: string,
): Promise<Rollout[]> {
  try {
    const { items } = await client.custom.listNamespacedCustomObject({
      ...api,
      namespace,
      plural: 'rollouts',
    });
    return items;
  } catch (error) {
    if (!(error instanceof ClusterResponseError)) throw error;
    if (error.status === 404) return [];
    // Whether a kind may be read is asked before whether there is one. The role of an older version need not know of Argo
    // where there is none.
    if (error.status === 403 && !(await hasRollouts(client))) return [];
    throw error;
  }
}

async function hasRollouts(client: ClusterClient): Promise<boolean> {
  try {
    const { resources } = await client.custom.getAPIResources(api);
    return resources.some(({ name }) => name === 'rollouts');
  } catch (error) {
    if (error instanceof ClusterResponseError && error.status === 404)
      return false;
    throw error;
  }
}

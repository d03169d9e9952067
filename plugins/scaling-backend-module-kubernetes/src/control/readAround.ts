import type {
  V1Deployment,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import {
  type ClusterDirectory,
  ClusterResponseError,
  type Place,
} from '@slipway/backstage-plugin-kubernetes-node';
import {
  autoscalers,
  deployments,
  type ScaledObject,
  scaledObjects,
} from '../objects/kinds';

export type Client = Awaited<ReturnType<ClusterDirectory['connect']>>;

/** A Deployment, and all autoscalers of its namespace. */
export interface Around {
  deployment: V1Deployment;
  hpas: V2HorizontalPodAutoscaler[];
  scaledObjects: ScaledObject[];
  /** Whether the cluster knows KEDA's kinds. */
  hasKeda: boolean;
}

/** Nothing where there is no such Deployment. Throws `InputError` for workloads of other kinds. */
export async function readAround(
  client: Client,
  { namespace }: Place,
  workload: string,
): Promise<Around | undefined> {
  const [kind, name] = workload.split('/');
  if (kind !== 'Deployment' || !name)
    throw new InputError(`${workload} is not something that can be scaled`);
  const list = async <T>({ api, plural }: { api: string; plural: string }) => {
    const { items } = await client.get<{ items: T[] }>(
      `${api}/namespaces/${encodeURIComponent(namespace)}/${plural}`,
    );
    return items;
  };
  const [found, hpas, scaled] = await Promise.all([
    list<V1Deployment>(deployments),
    list<V2HorizontalPodAutoscaler>(autoscalers),
    list<ScaledObject>(scaledObjects).catch((error: unknown) => {
      // Without KEDA there is no such kind.
      if (error instanceof ClusterResponseError && error.status === 404)
        return undefined;
      throw error;
    }),
  ]);
  const deployment = found.find(({ metadata }) => metadata?.name === name);
  return (
    deployment && {
      deployment,
      hpas,
      scaledObjects: scaled ?? [],
      hasKeda: scaled !== undefined,
    }
  );
}

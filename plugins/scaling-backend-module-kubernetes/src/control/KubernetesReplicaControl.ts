import {
  PatchStrategy,
  setHeaderOptions,
  type V1Deployment,
  type V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import { ConflictError, InputError } from '@backstage/errors';
import {
  type ClusterDirectory,
  ClusterResponseError,
  inWords,
  LostRaceError,
  type Place,
} from '@slipway/backstage-plugin-kubernetes-node';
import type {
  ControlledTarget,
  ReplicaControl,
  ReplicaSetting,
} from '@slipway/backstage-plugin-scaling-node';
import { readPlace } from '../clusters/readPlace';
import {
  autoscalers,
  deployments,
  type ScaledObject,
  scaledObjects,
} from '../objects/kinds';
import { type Decider, deciderOf, fieldsOf } from './deciderOf';
import { declaredBy, fieldManager } from './declaredElsewhere';

/** On whatever decides how many replicas there are: which change wrote it last. */
const fenceAnnotation = 'slipway.dev/scaling-fence';
// Autoscalers write their own status all the time, and each of their writes makes one of ours lose.
const mostTries = 5;

const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

type Client = Awaited<ReturnType<ClusterDirectory['connect']>>;

/**
 * Sets a Deployment's number of copies, or the limits of the autoscaler that decides about it. The number and the fence
 * are one write, which names the state that it was decided on: of two writers one loses, and reads again.
 */
export class KubernetesReplicaControl implements ReplicaControl {
  constructor(private readonly clusters: ClusterDirectory) {}

  async read(
    target: ControlledTarget,
    { signal }: { signal: AbortSignal },
  ): Promise<ReplicaSetting | undefined> {
    const place = readPlace(target.environment);
    return this.#guarded(place, async () => {
      const client = await this.clusters.connect(place.cluster, signal);
      return (await readDecider(client, place, target))?.setting;
    });
  }

  async write(
    target: ControlledTarget,
    setting: ReplicaSetting | undefined,
    context: { fence: number; dryRun?: boolean; signal: AbortSignal },
  ): Promise<void> {
    const place = readPlace(target.environment);
    for (let tries = 1; ; tries++) {
      try {
        await this.#guarded(place, async () => {
          const client = await this.clusters.connect(
            place.cluster,
            context.signal,
          );
          const decider = await readDecider(client, place, target);
          if (!decider)
            throw new ConflictError(`${target.workload} is not there any more`);
          await writeDecider(client, place, decider, setting, context);
        });
        return;
      } catch (error) {
        if (!(error instanceof LostRaceError) || tries === mostTries)
          throw error;
      }
    }
  }

  async #guarded<T>(place: Place, act: () => Promise<T>): Promise<T> {
    return act().catch(error => {
      throw inWords(error, place);
    });
  }
}

async function readDecider(
  client: Client,
  { namespace }: Place,
  { workload }: ControlledTarget,
): Promise<Decider | undefined> {
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
    list<ScaledObject>(scaledObjects).catch(
      (error: unknown): ScaledObject[] => {
        // Without KEDA there is no such kind.
        if (error instanceof ClusterResponseError && error.status === 404)
          return [];
        throw error;
      },
    ),
  ]);
  const deployment = found.find(({ metadata }) => metadata?.name === name);
  return deployment && deciderOf(deployment, { hpas, scaledObjects: scaled });
}

async function writeDecider(
  client: Client,
  { namespace }: Place,
  { kind, metadata, setting: now, title }: Decider,
  wanted: ReplicaSetting | undefined,
  { dryRun, fence }: { fence: number; dryRun?: boolean },
): Promise<void> {
  if (wanted && (wanted.driver !== now.driver || wanted.name !== now.name))
    throw new ConflictError(
      `It is ${title} now that decides how many replicas there are`,
    );
  const stamped = Number(metadata.annotations?.[fenceAnnotation] ?? 0);
  if (stamped > fence)
    throw new ConflictError(
      `A later change of ${title} was carried out already`,
    );
  const before = fieldsOf(now);
  const changed = Object.fromEntries(
    Object.entries(wanted ? fieldsOf(wanted) : {}).filter(
      ([field, value]) => before[field] !== value,
    ),
  );
  for (const field of Object.keys(changed)) {
    const owner = declaredBy(metadata, field);
    if (owner)
      throw new ConflictError(
        `spec.${field} of ${title} belongs to ${owner}, which would write it again. Nothing was overwritten. Change it where ${owner} has it from, or let ${owner} give the field up (kubectl get ${kind.plural} ${metadata.name} -n ${namespace} --show-managed-fields -o yaml shows it)`,
      );
  }
  if (!Object.keys(changed).length && stamped === fence) return;
  const [, group, version] = kind.api.split('/');
  await client.custom.patchNamespacedCustomObject(
    {
      group,
      version,
      namespace,
      plural: kind.plural,
      name: metadata.name ?? '',
      fieldManager,
      ...(dryRun && { dryRun: 'All' }),
      body: {
        metadata: {
          resourceVersion: metadata.resourceVersion,
          annotations: { [fenceAnnotation]: String(fence) },
        },
        ...(Object.keys(changed).length && { spec: changed }),
      },
    },
    mergePatch,
  );
}

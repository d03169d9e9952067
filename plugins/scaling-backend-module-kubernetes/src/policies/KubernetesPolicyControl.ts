import {
  PatchStrategy,
  setHeaderOptions,
  type V1ObjectMeta,
} from '@kubernetes/client-node';
import { ConflictError, InputError } from '@backstage/errors';
import {
  type ClusterDirectory,
  inWords,
  type Place,
} from '@slipway/backstage-plugin-kubernetes-node';
import type {
  ControlledTarget,
  PolicyControl,
  PolicyToApply,
  ReplicaSetting,
} from '@slipway/backstage-plugin-scaling-node';
import { readPlace } from '../clusters/readPlace';
import { fieldManager } from '../control/declaredElsewhere';
import { patch, untilWon, versionOf } from '../control/patching';
import { type Around, type Client, readAround } from '../control/readAround';
import { autoscalers, deployments, scaledObjects } from '../objects/kinds';
import { isDeployment } from '../objects/isDeployment';
import { autoscalerSpec, needsKeda, scaledObjectSpec } from './renderPolicy';

/** On the Deployment: which policy, and which step of it, was carried out last. */
const fenceAnnotation = 'slipway.dev/scaling-policy-fence';
/** On the autoscaler: that it is ours, and whose policy it works by. */
const policyAnnotation = 'slipway.dev/scaling-policy';
/** KEDA keeps so many, whatever the load. */
const pausedReplicas = 'autoscaling.keda.sh/paused-replicas';

const serverSideApply = setHeaderOptions(
  'Content-Type',
  PatchStrategy.ServerSideApply,
);

interface Context {
  fence: number;
  dryRun?: boolean;
  signal: AbortSignal;
}

interface Kind {
  api: string;
  plural: string;
}

/**
 * HorizontalPodAutoscalers, or ScaledObjects where KEDA is needed, that work by policies. They are called as their
 * Deployment, and applied server-side.
 */
export class KubernetesPolicyControl implements PolicyControl {
  constructor(private readonly clusters: ClusterDirectory) {}

  async apply(
    target: ControlledTarget,
    { document, limits, tier }: PolicyToApply,
    context: Context,
  ): Promise<void> {
    const place = readPlace(target.environment);
    const { prometheus } = target.environment.settings;
    const isNone = limits.max === 0;
    await this.#guarded(place, context, async client => {
      const around = await readAround(client, place, target.workload);
      if (!around)
        throw new ConflictError(`${target.workload} is not there any more`);
      const byKeda = needsKeda(document);
      if (byKeda && !around.hasKeda)
        throw new InputError(
          `The policy goes by more than CPU and memory, which takes KEDA, and cluster '${place.cluster}' has none: install it (https://keda.sh), or go by CPU and memory`,
        );
      refuseForeign(around);
      const name = around.deployment.metadata?.name ?? '';
      // An autoscaler cannot be limited to none: it stands with the limits of other times, and rests.
      const own = document.spec.replicas[tier] ?? limits;
      const { max, min } = isNone ? own : limits;
      const rendering = {
        policy: document,
        name,
        limits: { max, min: Math.max(1, min) },
        ...(typeof prometheus === 'string' && { prometheus }),
      };
      const spec = byKeda
        ? scaledObjectSpec(rendering)
        : autoscalerSpec(rendering);
      await stamp(client, place, around, context, replicasFor(around, limits));
      // Of the other kind, from a policy before this one.
      await removeOurs(client, place, around, byKeda ? 'hpa' : 'keda', context);
      await this.#applyObject(client, place, name, byKeda, context, {
        spec,
        annotations: {
          [policyAnnotation]: document.metadata.name,
          ...(byKeda && isNone && { [pausedReplicas]: '0' }),
        },
      });
    });
  }

  async remove(
    target: ControlledTarget,
    before: ReplicaSetting | undefined,
    context: Context,
  ): Promise<'removed' | 'left' | 'gone'> {
    const place = readPlace(target.environment);
    return this.#guarded(place, context, async client => {
      const around = await readAround(client, place, target.workload);
      if (!around) return 'gone';
      const { hpas, scaledObjects: scaled } = around;
      const isOurs = [...hpas, ...scaled].some(
        object => worksOn(around, object) && belongsToUs(object.metadata),
      );
      // An earlier try of the same step may have got half way.
      if (!isOurs && stampOf(around) !== context.fence) {
        await stamp(client, place, around, context);
        return 'left';
      }
      await stamp(client, place, around, context);
      await removeOurs(client, place, around, 'hpa', context);
      await removeOurs(client, place, around, 'keda', context);
      if (before?.replicas !== undefined)
        await restore(client, place, target.workload, before.replicas, context);
      return 'removed';
    });
  }

  async #applyObject(
    client: Client,
    { namespace }: Place,
    name: string,
    byKeda: boolean,
    { dryRun }: Context,
    object: { spec: object; annotations: Record<string, string> },
  ): Promise<void> {
    const kind = byKeda ? scaledObjects : autoscalers;
    const { group, version } = versionOf(kind);
    await client.custom.patchNamespacedCustomObject(
      {
        group,
        version,
        namespace,
        plural: kind.plural,
        name,
        fieldManager,
        // It is ours; what a change by hand wrote there is over.
        force: true,
        ...(dryRun && { dryRun: 'All' }),
        body: {
          apiVersion: `${group}/${version}`,
          kind: byKeda ? 'ScaledObject' : 'HorizontalPodAutoscaler',
          metadata: {
            name,
            namespace,
            labels: { 'app.kubernetes.io/managed-by': 'slipway' },
            annotations: object.annotations,
          },
          spec: object.spec,
        },
      },
      serverSideApply,
    );
  }

  async #guarded<T>(
    place: Place,
    { signal }: Context,
    act: (client: Client) => Promise<T>,
  ): Promise<T> {
    return untilWon(async () => {
      try {
        return await act(await this.clusters.connect(place.cluster, signal));
      } catch (error) {
        throw inWords(error, place);
      }
    });
  }
}

function worksOn(
  { deployment }: Around,
  { spec }: { spec?: { scaleTargetRef?: { kind?: string; name?: string } } },
): boolean {
  return isDeployment(spec?.scaleTargetRef, deployment.metadata?.name ?? '');
}

function belongsToUs(metadata: V1ObjectMeta | undefined): boolean {
  return metadata?.annotations?.[policyAnnotation] !== undefined;
}

/** Throws `ConflictError` where somebody else's autoscaler works on the Deployment, or has its name. */
function refuseForeign(around: Around): void {
  const scaled = around.scaledObjects.filter(object => worksOn(around, object));
  const ours = scaled.filter(({ metadata }) => belongsToUs(metadata));
  const foreign = scaled.find(({ metadata }) => !belongsToUs(metadata))
    ?.metadata?.name;
  if (foreign)
    throw new ConflictError(
      `ScaledObject ${foreign} of somebody else works on it already; take it away first`,
    );
  const hpa = around.hpas.find(
    one =>
      worksOn(around, one) &&
      !belongsToUs(one.metadata) &&
      // KEDA makes one for each ScaledObject.
      !one.metadata?.ownerReferences?.some(({ uid }) =>
        ours.some(({ metadata }) => metadata?.uid === uid),
      ),
  );
  if (hpa)
    throw new ConflictError(
      `HorizontalPodAutoscaler ${hpa.metadata?.name} of somebody else works on it already; take it away first`,
    );
  const { name } = around.deployment.metadata ?? {};
  const named = [...around.hpas, ...around.scaledObjects].find(
    ({ metadata }) => metadata?.name === name && !belongsToUs(metadata),
  );
  if (named)
    throw new ConflictError(
      `There is an autoscaler called ${name} already, which works on something else`,
    );
}

/** The Deployment's own number, where no autoscaler can set it: down to none, and up from none. */
function replicasFor(
  { deployment }: Around,
  { max, min }: { min: number; max: number },
): number | undefined {
  const now = deployment.spec?.replicas ?? 1;
  if (max === 0) return now === 0 ? undefined : 0;
  return now === 0 ? Math.max(1, min) : undefined;
}

function stampOf({ deployment }: Around): number {
  return Number(deployment.metadata?.annotations?.[fenceAnnotation] ?? 0);
}

/** First of all, so that nothing that was wanted earlier is done afterwards. */
async function stamp(
  client: Client,
  { namespace }: Place,
  around: Around,
  { dryRun, fence }: Context,
  replicas?: number,
): Promise<void> {
  const { metadata = {} } = around.deployment;
  const stamped = stampOf(around);
  if (stamped > fence)
    throw new ConflictError(
      `A later policy of Deployment ${metadata.name} was carried out already`,
    );
  if (stamped === fence && replicas === undefined) return;
  await patch(
    client,
    { kind: deployments, metadata, namespace },
    {
      annotations: { [fenceAnnotation]: String(fence) },
      ...(replicas !== undefined && { spec: { replicas } }),
    },
    { dryRun },
  );
}

async function removeOurs(
  client: Client,
  { namespace }: Place,
  around: Around,
  which: 'hpa' | 'keda',
  { dryRun }: Context,
): Promise<void> {
  const kind: Kind = which === 'hpa' ? autoscalers : scaledObjects;
  const objects = which === 'hpa' ? around.hpas : around.scaledObjects;
  for (const { metadata, spec } of objects)
    if (belongsToUs(metadata) && worksOn(around, { spec }))
      await client.custom.deleteNamespacedCustomObject({
        ...versionOf(kind),
        namespace,
        plural: kind.plural,
        name: metadata?.name ?? '',
        ...(dryRun && { dryRun: 'All' }),
        // Not another one that has taken its name meanwhile.
        body: { preconditions: { uid: metadata?.uid } },
      });
}

async function restore(
  client: Client,
  place: Place,
  workload: string,
  replicas: number,
  context: Context,
): Promise<void> {
  const around = await readAround(client, place, workload);
  if (around && around.deployment.spec?.replicas !== replicas)
    await patch(
      client,
      {
        kind: deployments,
        metadata: around.deployment.metadata ?? {},
        namespace: place.namespace,
      },
      {
        annotations: { [fenceAnnotation]: String(context.fence) },
        spec: { replicas },
      },
    );
}

import { ConflictError } from '@backstage/errors';
import {
  type ClusterDirectory,
  inWords,
} from '@slipway/backstage-plugin-kubernetes-node';
import type {
  ControlledTarget,
  ReplicaControl,
  ReplicaSetting,
} from '@slipway/backstage-plugin-scaling-node';
import { readPlace } from '../clusters/readPlace';
import { type Decider, deciderOf, fieldsOf } from './deciderOf';
import { declaredBy } from './declaredElsewhere';
import { patch, untilWon } from './patching';
import { type Client, readAround } from './readAround';

/** On whatever decides how many replicas there are: which change wrote it last. */
const fenceAnnotation = 'slipway.dev/scaling-fence';

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
    try {
      const client = await this.clusters.connect(place.cluster, signal);
      const around = await readAround(client, place, target.workload);
      return around && deciderOf(around.deployment, around).setting;
    } catch (error) {
      throw inWords(error, place);
    }
  }

  async write(
    target: ControlledTarget,
    setting: ReplicaSetting | undefined,
    context: { fence: number; dryRun?: boolean; signal: AbortSignal },
  ): Promise<void> {
    const place = readPlace(target.environment);
    await untilWon(async () => {
      try {
        const client = await this.clusters.connect(
          place.cluster,
          context.signal,
        );
        const around = await readAround(client, place, target.workload);
        if (!around)
          throw new ConflictError(`${target.workload} is not there any more`);
        const decider = deciderOf(around.deployment, around);
        await writeDecider(client, place.namespace, decider, setting, context);
      } catch (error) {
        throw inWords(error, place);
      }
    });
  }
}

async function writeDecider(
  client: Client,
  namespace: string,
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
  const isChanged = Object.keys(changed).length > 0;
  for (const field of Object.keys(changed)) {
    const owner = declaredBy(metadata, field);
    if (owner)
      throw new ConflictError(
        `spec.${field} of ${title} belongs to ${owner}, which would write it again. Nothing was overwritten. Change it where ${owner} has it from, or let ${owner} give the field up (kubectl get ${kind.plural} ${metadata.name} -n ${namespace} --show-managed-fields -o yaml shows it)`,
      );
  }
  if (!isChanged && stamped === fence) return;
  await patch(
    client,
    { kind, metadata, namespace },
    {
      annotations: { [fenceAnnotation]: String(fence) },
      ...(isChanged && { spec: changed }),
    },
    { dryRun },
  );
}

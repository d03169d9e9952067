import { deploymentObject } from '../objects/deploymentObject';
import type { TargetIdentity } from '../objects/identity';
import { readRecord } from '../objects/desiredRecord';
import {
  type Route,
  routeOf,
  sameRoute,
  serviceObject,
} from '../objects/serviceObject';
import type { TargetObjects } from '../objects/TargetObjects';
import type { TargetSettings } from '../objects/targetSettings';
import type { Change, PlannedDeployment } from './planChange';
import { deploymentNamed, type Snapshot } from './Snapshot';

interface Work {
  change: Change;
  /** What the change was worked out from. */
  snapshot: Snapshot;
  identity: TargetIdentity;
  objects: TargetObjects;
  settings: TargetSettings;
  progressDeadlineSeconds: number;
  idempotencyKey: string;
}

/**
 * Writes what a change asks for, and nothing that is so already. The Service comes first: it takes note of the
 * generation, so that whoever holds an older one learns it before anything else of theirs is written.
 */
export async function carryOut(work: Work): Promise<void> {
  await main(work);
  for (const planned of work.change.deployments)
    await writeDeployment(work, planned);
  await preview(work);
  for (const deployment of work.change.remove)
    await work.objects.removeDeployment(deployment);
}

async function main({
  change,
  identity,
  objects,
  settings,
  snapshot: { service },
}: Work): Promise<void> {
  const { record, route } = change;
  const same =
    service &&
    sameRoute(routeOf(service), route) &&
    JSON.stringify(readRecord(service)) === JSON.stringify(record);
  if (same) return;
  await objects.applyService(
    serviceObject({
      identity,
      name: identity.name,
      namespace: settings.namespace,
      route,
      record,
      ...versionOf(service),
    }),
  );
}

async function writeDeployment(
  { change, identity, objects, settings, snapshot, ...options }: Work,
  { name, replicas, rolling, version, write }: PlannedDeployment,
): Promise<void> {
  let deployment = deploymentNamed(snapshot, name);
  if (write)
    deployment = await objects.applyDeployment(
      deploymentObject({
        identity,
        name,
        namespace: settings.namespace,
        release: version.release,
        rolling,
        ...(settings.serviceAccountName && {
          serviceAccountName: settings.serviceAccountName,
        }),
        progressDeadlineSeconds: options.progressDeadlineSeconds,
        generation: change.record.generation,
        idempotencyKey: options.idempotencyKey,
        ...versionOf(deployment),
      }),
    );
  if (
    deployment &&
    replicas !== undefined &&
    deployment.spec?.replicas !== replicas
  )
    await objects.scale(deployment, replicas);
}

async function preview({
  change,
  identity,
  objects,
  settings,
  snapshot,
}: Work): Promise<void> {
  const existing = snapshot.preview;
  if (!change.preview) {
    if (existing) await objects.removeService(existing);
    return;
  }
  const route: Route = { release: change.preview };
  if (existing && sameRoute(routeOf(existing), route)) return;
  await objects.applyService(
    serviceObject({
      identity,
      name: identity.previewName,
      namespace: settings.namespace,
      route,
      ...versionOf(existing),
    }),
  );
}

function versionOf(object?: { metadata?: { resourceVersion?: string } }) {
  const resourceVersion = object?.metadata?.resourceVersion;
  return resourceVersion ? { resourceVersion } : {};
}

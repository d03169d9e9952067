import {
  nameOf,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import { hasPreviewWeight, withPreviewWeight } from '../objects/httpRoute';
import { deploymentObject } from '../objects/deploymentObject';
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

type Write = () => Promise<unknown>;

/**
 * What of a change is not so already, as the writes that make it so, in their order. The Service comes first: it takes
 * note of the generation, so that whoever holds an older one learns it before anything else of theirs is written. Weights
 * come after what they send traffic to is there, and before it goes.
 */
export function writesOf(work: Work): Write[] {
  return [
    ...main(work),
    ...work.change.deployments.flatMap(planned =>
      deploymentWrites(work, planned),
    ),
    ...preview(work),
    ...weights(work),
    ...work.change.remove.map(
      removed => () => work.objects.removeDeployment(removed),
    ),
  ];
}

function main({
  change,
  identity,
  objects,
  settings,
  snapshot: { service },
}: Work): Write[] {
  const { record, route } = change;
  const same =
    service &&
    sameRoute(routeOf(service), route) &&
    JSON.stringify(readRecord(service)) === JSON.stringify(record);
  if (same) return [];
  return [
    () =>
      objects.applyService(
        serviceObject({
          identity,
          name: identity.name,
          namespace: settings.namespace,
          route,
          record,
          ...versionOf(service),
        }),
      ),
  ];
}

function deploymentWrites(work: Work, planned: PlannedDeployment): Write[] {
  const { name, replicas, write } = planned;
  const existing = deploymentNamed(work.snapshot, name);
  const scaled =
    replicas !== undefined &&
    existing !== undefined &&
    existing.spec?.replicas !== replicas;
  return write || scaled ? [() => writeDeployment(work, planned)] : [];
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

function preview({
  change,
  identity,
  objects,
  settings,
  snapshot: { preview: existing },
}: Work): Write[] {
  if (!change.preview) return [];
  const route: Route = { release: change.preview };
  if (existing && sameRoute(routeOf(existing), route)) return [];
  return [
    () =>
      objects.applyService(
        serviceObject({
          identity,
          name: identity.previewName,
          namespace: settings.namespace,
          route,
          ...versionOf(existing),
        }),
      ),
  ];
}

function weights({
  change: { preview: shown, previewWeight },
  identity,
  objects,
  settings,
  snapshot: { httpRoute, preview: existing },
}: Work): Write[] {
  return [
    ...(httpRoute && !hasPreviewWeight(httpRoute, identity, previewWeight)
      ? [
          () =>
            objects.applyHttpRoute(
              withPreviewWeight(httpRoute, identity, previewWeight),
              { takeOver: settings.httpRoute === nameOf(httpRoute) },
            ),
        ]
      : []),
    ...(existing && !shown ? [() => objects.removeService(existing)] : []),
  ];
}

function versionOf(object?: { metadata?: { resourceVersion?: string } }) {
  const resourceVersion = object?.metadata?.resourceVersion;
  return resourceVersion ? { resourceVersion } : {};
}

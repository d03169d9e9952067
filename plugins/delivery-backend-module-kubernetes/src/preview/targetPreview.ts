import type { KubernetesObject, V1Deployment } from '@kubernetes/client-node';
import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import type {
  DeliveryPreview,
  DesiredRelease,
  PreviewedObject,
} from '@slipway/backstage-plugin-delivery-node';
import {
  containerOf,
  nameOf,
  type ObjectKind,
  previewedObject,
  readableObject,
  releaseKey,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import {
  deploymentObject,
  type RollingParameters,
} from '../objects/deploymentObject';
import { readRecord } from '../objects/desiredRecord';
import { serviceObject } from '../objects/serviceObject';
import type { TargetObjects } from '../objects/TargetObjects';
import type { TargetReads } from '../objects/TargetReads';
import type { TargetSettings } from '../objects/targetSettings';
import { restingPlace } from '../plan/restingPlace';
import {
  deploymentNamed,
  type Snapshot,
  templateRelease,
} from '../plan/Snapshot';

const deploymentKind = { apiVersion: 'apps/v1', kind: 'Deployment' };
const serviceKind = { apiVersion: 'v1', kind: 'Service' };

/**
 * What would be different when a release has been rolled out and is at rest: what a rollout writes, tried by the API server
 * without storing anything. How many copies there are is no part of it.
 */
export async function targetPreview(options: {
  identity: TargetIdentity;
  objects: TargetObjects;
  /** From the API server itself: what is watched is not kept whole. */
  reads: TargetReads;
  settings: TargetSettings;
  release: DesiredRelease;
  strategy: keyof Strategy;
  progressDeadlineSeconds: number;
}): Promise<DeliveryPreview> {
  const { identity, objects, reads, release, settings } = options;
  const [snapshot, autoscaler] = await Promise.all([
    reads.snapshot(),
    reads.autoscalers(),
  ]);
  const place = restingPlace({
    identity,
    releaseId: release.releaseId,
    snapshot,
    strategy: options.strategy,
    autoscaler,
  });
  const { namespace } = settings;
  const existing = deploymentNamed(snapshot, place.deployment);
  const deployment =
    existing && isThere(existing, release)
      ? undefined
      : await previewedObject(
          { ...deploymentKind, name: place.deployment },
          existing,
          objects.applyDeployment(
            deploymentObject({
              identity,
              name: place.deployment,
              namespace,
              release,
              rolling: paceOf(existing),
              ...(settings.serviceAccountName && {
                serviceAccountName: settings.serviceAccountName,
              }),
              progressDeadlineSeconds: options.progressDeadlineSeconds,
              generation: 0,
              idempotencyKey: '',
            }),
            { dryRun: true },
          ),
        );
  const service = await previewedObject(
    { ...serviceKind, name: identity.name },
    snapshot.service,
    objects.applyService(
      serviceObject({
        identity,
        name: identity.name,
        namespace,
        route: place.route,
      }),
      { dryRun: true },
    ),
  );
  return {
    objects: [
      ...(deployment ? [deployment] : []),
      service,
      ...goneAtRest(snapshot, place.deployment),
    ],
    ...(deployment?.before !== undefined &&
      deployment.before === deployment.after && {
        note: `All copies of Deployment ${place.deployment} are replaced, since they are to be of another release`,
      }),
  };
}

// A release does not change, so one that is there is not written again.
function isThere(
  deployment: V1Deployment,
  { artifact, releaseId }: DesiredRelease,
): boolean {
  return (
    templateRelease(deployment) === releaseKey(releaseId) &&
    deployment.spec?.template.spec?.containers[0]?.image ===
      containerOf(artifact).image
  );
}

// How fast a rollout goes is not what it is about.
function paceOf(deployment: V1Deployment | undefined): RollingParameters {
  const { maxSurge = 1, maxUnavailable = 0 } =
    deployment?.spec?.strategy?.rollingUpdate ?? {};
  return { maxSurge, maxUnavailable };
}

function goneAtRest(
  { deployments, preview, service }: Snapshot,
  kept: string,
): PreviewedObject[] {
  // Without a record nobody knows whose they are, and they are left alone.
  if (!readRecord(service)) return [];
  const gone = (kind: ObjectKind, object: KubernetesObject) => ({
    name: `${kind.kind} ${nameOf(object)}`,
    // Items of a list come without their kind.
    before: readableObject({ ...object, ...kind }),
  });
  return [
    ...deployments
      .filter(deployment => nameOf(deployment) !== kept)
      .map(deployment => gone(deploymentKind, deployment)),
    ...(preview ? [gone(serviceKind, preview)] : []),
  ];
}

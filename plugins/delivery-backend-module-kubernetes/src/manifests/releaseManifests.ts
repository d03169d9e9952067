import type {
  DeliveryManifest,
  DeliveryTarget,
  DesiredRelease,
} from '@slipway/backstage-plugin-delivery-node';
import {
  readableObject,
  identityOf,
} from '@slipway/backstage-plugin-kubernetes-node';
import { readTargetSettings } from '../objects/targetSettings';
import { titleOf } from './ManifestObject';
import { renderedOf } from './manifestsArtifact';
import { readManifests } from './readManifests';
import { stampManifests } from './stampManifests';

/** The objects of a release as they are applied to a target, as people read them. */
export function releaseManifests(
  target: DeliveryTarget,
  release: DesiredRelease,
  { progressDeadlineSeconds }: { progressDeadlineSeconds: number },
): DeliveryManifest[] {
  const { namespace } = readTargetSettings(target);
  return stampManifests(
    readManifests(renderedOf(release.artifact, namespace)),
    {
      identity: identityOf(target),
      namespace,
      release,
      progressDeadlineSeconds,
    },
  ).map(object => ({
    name: titleOf(object),
    text: readableObject(object.body),
  }));
}

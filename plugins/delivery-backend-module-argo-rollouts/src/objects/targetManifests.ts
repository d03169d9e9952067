import type { KubernetesObject } from '@kubernetes/client-node';
import type {
  DeliveryManifest,
  DeliveryTarget,
  DesiredRelease,
} from '@slipway/backstage-plugin-delivery-node';
import {
  annotations,
  identityOf,
} from '@slipway/backstage-plugin-kubernetes-node';
import { stringify } from 'yaml';
import { intentOf } from '../plan/intentOf';
import {
  followedRollout,
  followedTemplate,
  ownRollout,
  ownTemplate,
} from './rolloutObject';
import { serviceObject } from './serviceObject';
import { readTargetSettings } from './targetSettings';

/** The objects of one release at rest, as people read them: without what changes with every write. */
export function targetManifests(
  target: DeliveryTarget,
  release: DesiredRelease,
  { progressDeadlineSeconds }: { progressDeadlineSeconds: number },
): DeliveryManifest[] {
  const settings = readTargetSettings(target);
  const { container = 'app', namespace, rollout } = settings;
  const identity = identityOf(target);
  const record = { generation: 0, versions: [] };
  const { strategy } = intentOf(
    { generation: 0, versions: [{ release, replicas: 1, weight: 100 }] },
    {
      isFollowed: rollout !== undefined,
      services: { active: identity.name, preview: identity.previewName },
    },
  );
  if (rollout)
    return [
      followedRollout({
        identity,
        name: rollout,
        namespace,
        record,
        strategy,
        template: followedTemplate(container, release),
      }),
    ].map(manifest);
  const { name } = identity;
  return [
    ownRollout({
      identity,
      name,
      namespace,
      record,
      strategy,
      template: ownTemplate(identity, name, release, settings),
      progressDeadlineSeconds,
    }),
    serviceObject({ identity, name, namespace }),
  ].map(manifest);
}

function manifest(object: KubernetesObject): DeliveryManifest {
  const { metadata = {} } = object;
  const {
    [annotations.desired]: _desired,
    [annotations.applied]: _applied,
    ...lasting
  } = metadata.annotations ?? {};
  return {
    name: `${object.kind} ${metadata.name}`,
    text: stringify({
      ...object,
      metadata: { ...metadata, annotations: lasting },
    }),
  };
}

import type { KubernetesObject } from '@kubernetes/client-node';
import type {
  DeliveryManifest,
  DeliveryTarget,
  DesiredRelease,
} from '@slipway/backstage-plugin-delivery-node';
import { stringify } from 'yaml';
import {
  annotations,
  identityOf,
} from '@slipway/backstage-plugin-kubernetes-node';
import { deploymentObject } from './deploymentObject';
import { serviceObject } from './serviceObject';
import { readTargetSettings } from './targetSettings';

/** The objects of one release at rest, as people read them: without what changes with every write. */
export function targetManifests(
  target: DeliveryTarget,
  release: DesiredRelease,
  { progressDeadlineSeconds }: { progressDeadlineSeconds: number },
): DeliveryManifest[] {
  const { namespace, serviceAccountName } = readTargetSettings(target);
  const identity = identityOf(target);
  const { name } = identity;
  return [
    deploymentObject({
      identity,
      name,
      namespace,
      release,
      rolling: { maxSurge: 1, maxUnavailable: 0 },
      ...(serviceAccountName && { serviceAccountName }),
      progressDeadlineSeconds,
      generation: 0,
      idempotencyKey: '',
    }),
    serviceObject({ identity, name, namespace, route: 'all' }),
  ].map(manifest);
}

function manifest(object: KubernetesObject): DeliveryManifest {
  const { metadata = {} } = object;
  const {
    [annotations.generation]: _generation,
    [annotations.idempotencyKey]: _key,
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

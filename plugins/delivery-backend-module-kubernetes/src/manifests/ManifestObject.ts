import type { KubernetesObject } from '@kubernetes/client-node';
import type { ManifestKind } from './kinds';

/** Which object it is; its namespace is that of the target. */
export interface ObjectKey {
  apiVersion: string;
  kind: string;
  name: string;
}

/** An object of a release, as its author wrote it. */
export interface ManifestObject extends ObjectKey {
  plural: ManifestKind['plural'];
  body: KubernetesObject;
}

export function sameKey(one: ObjectKey, other: ObjectKey): boolean {
  return (
    one.apiVersion === other.apiVersion &&
    one.kind === other.kind &&
    one.name === other.name
  );
}

/** As people call it, such as `Deployment shop`. */
export function titleOf({ kind, name }: ObjectKey): string {
  return `${kind} ${name}`;
}

import { InputError } from '@backstage/errors';
import type { KubernetesObject } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { manifestKinds, refusedKinds } from './kinds';
import { type ManifestObject, sameKey, titleOf } from './ManifestObject';

const mostObjects = 100;
// RFC 1123 subdomain: what Kubernetes takes for the name of most objects.
const subdomain = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

interface Written extends KubernetesObject {
  items?: unknown;
}

/**
 * The objects in a YAML text, in the order in which they are to be applied. Throws `InputError` naming the document, the object
 * and the field of what cannot be applied.
 */
export function readManifests(text: string): ManifestObject[] {
  const objects = parseAllDocuments(text, { uniqueKeys: true })
    .flatMap((document, index) => {
      const [error] = document.errors;
      if (error)
        throw new InputError(
          `Document ${index + 1} is no YAML: ${error.message.split('\n')[0]}`,
        );
      const value: unknown = document.toJS({ maxAliasCount: 100 });
      return value === null ? [] : flattened(value, `Document ${index + 1}`);
    })
    .map(({ value, where }) => readObject(value, where));
  if (objects.length === 0) throw new InputError('There are no objects in it');
  if (objects.length > mostObjects)
    throw new InputError(
      `There are ${objects.length} objects in it, and a release may have ${mostObjects}`,
    );
  objects.forEach((object, index) => {
    if (objects.findIndex(other => sameKey(other, object)) !== index)
      throw new InputError(`${titleOf(object)} is in it twice`);
  });
  objects.forEach(object => mustLeaveReplicas(object, objects));
  return inOrder(objects);
}

// The two would set the number of copies in turns.
function mustLeaveReplicas(
  autoscaler: ManifestObject,
  objects: ManifestObject[],
): void {
  if (autoscaler.kind !== 'HorizontalPodAutoscaler') return;
  const { scaleTargetRef } = specOf(autoscaler);
  if (!isRecord(scaleTargetRef)) return;
  const scaled = objects.find(
    ({ kind, name }) =>
      kind === scaleTargetRef.kind && name === scaleTargetRef.name,
  );
  if (scaled && specOf(scaled).replicas !== undefined)
    throw new InputError(
      `${titleOf(scaled)}: spec.replicas is up to ${titleOf(autoscaler)}; leave it out`,
    );
}

function specOf({ body }: ManifestObject): Record<string, unknown> {
  const { spec } = body as { spec?: unknown };
  return isRecord(spec) ? spec : {};
}

function inOrder(objects: ManifestObject[]): ManifestObject[] {
  const rank = (object: ManifestObject) =>
    manifestKinds.findIndex(({ kind }) => kind === object.kind);
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

// `kubectl get -o yaml` and some tools write all objects as one list.
function flattened(
  value: unknown,
  where: string,
): Array<{ value: unknown; where: string }> {
  const { items, kind } = (value ?? {}) as Written;
  return kind === 'List' && Array.isArray(items)
    ? items.map((item, index) => ({
        value: item,
        where: `${where}, items[${index}]`,
      }))
    : [{ value, where }];
}

function readObject(value: unknown, where: string): ManifestObject {
  if (!isRecord(value))
    throw new InputError(`${where} is no object of Kubernetes`);
  const { apiVersion, kind, metadata } = value;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string')
    throw new InputError(`${where}: apiVersion or kind is missing`);
  const name = isRecord(metadata) ? metadata.name : undefined;
  if (typeof name !== 'string' || !subdomain.test(name))
    throw new InputError(
      `${where} (${kind}): metadata.name ${name === undefined ? 'is missing' : `'${String(name)}' is no name of an object`}`,
    );
  const title = `${where} (${kind} ${name})`;
  if (refusedKinds[kind])
    throw new InputError(`${title} is refused: ${refusedKinds[kind]}`);
  const known = manifestKinds.find(
    one => one.kind === kind && one.apiVersion === apiVersion,
  );
  if (!known)
    throw new InputError(
      `${title} is refused: ${otherVersion(kind, apiVersion) ?? `a release may hold ${manifestKinds.map(one => one.kind).join(', ')} and nothing else; let whoever runs the cluster make it`}`,
    );
  checkMetadata(title, metadata as Record<string, unknown>);
  return { ...known, name, body: value as KubernetesObject };
}

function otherVersion(kind: string, apiVersion: string): string | undefined {
  const known = manifestKinds.find(one => one.kind === kind);
  return (
    known && `write apiVersion ${known.apiVersion} instead of ${apiVersion}`
  );
}

function checkMetadata(title: string, metadata: Record<string, unknown>): void {
  for (const field of ['labels', 'annotations']) {
    const values = metadata[field];
    if (values === undefined || values === null) continue;
    const wrong =
      !isRecord(values) ||
      Object.values(values).some(value => typeof value !== 'string');
    if (wrong)
      throw new InputError(
        `${title}: metadata.${field} must hold texts; put numbers and true or false in quotes`,
      );
    if (field === 'annotations' && 'helm.sh/hook' in values)
      throw new InputError(
        `${title} is a hook of Helm, and Slipway runs no hooks; take it out`,
      );
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { KubernetesObject, V1ObjectMeta } from '@kubernetes/client-node';
import type { DesiredRelease } from '@slipway/backstage-plugin-delivery-node';
import {
  annotations,
  labels,
  objectAnnotations,
  objectLabels,
  releaseKey,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import type { ManifestObject } from './ManifestObject';
import { isRecord } from './readManifests';

/** Helm renders the name of a namespace into what it makes; until a target is known, it is this. */
export const namespacePlaceholder = 'slipway-target-namespace';

/**
 * Objects as they are applied to a target: in its namespace where they name none, with its labels, and with the release that they
 * and their pods are of.
 */
export function stampManifests(
  objects: ManifestObject[],
  options: {
    identity: TargetIdentity;
    namespace: string;
    release: Pick<DesiredRelease, 'releaseId' | 'version'>;
    /** Of Deployments that name none. */
    progressDeadlineSeconds: number;
  },
): ManifestObject[] {
  return objects.map(object => ({
    ...object,
    body: stamped(object, options),
  }));
}

function stamped(
  object: ManifestObject,
  {
    identity,
    namespace,
    progressDeadlineSeconds,
    release,
  }: Parameters<typeof stampManifests>[1],
): KubernetesObject {
  const {
    metadata,
    spec,
    status: _status,
    ...rest
  } = structuredClone(object.body) as KubernetesObject & {
    spec?: unknown;
    status?: unknown;
  };
  const ofRelease = {
    [annotations.releaseId]: release.releaseId,
    [annotations.version]: release.version,
  };
  const { [labels.name]: name, ...ours } = objectLabels(identity);
  const own = { ...ours, [labels.release]: releaseKey(release.releaseId) };
  const withOwn = (meta: V1ObjectMeta | undefined): V1ObjectMeta => ({
    ...meta,
    // A chart's selectors may depend on the name that it gave.
    labels: { [labels.name]: name, ...meta?.labels, ...own },
    annotations: {
      ...meta?.annotations,
      ...objectAnnotations(identity),
      ...ofRelease,
    },
  });
  const ownSpec = isRecord(spec)
    ? withProtocols({
        ...(object.kind === 'Deployment' && { progressDeadlineSeconds }),
        ...spec,
        ...(isRecord(spec.template) && {
          template: {
            ...spec.template,
            metadata: withOwn(spec.template.metadata as V1ObjectMeta),
          },
        }),
      })
    : spec;
  return {
    ...rest,
    metadata: withOwn({ namespace, ...metadata }),
    ...(ownSpec !== undefined && { spec: ownSpec }),
  } as KubernetesObject;
}

// Ports are told apart by their protocol too, and some API servers do not fill in the usual one before they do.
function withProtocols(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withProtocols);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === 'ports' && Array.isArray(part)
        ? part.map(port =>
            isRecord(port) && ('containerPort' in port || 'port' in port)
              ? { ...port, protocol: port.protocol ?? 'TCP' }
              : port,
          )
        : withProtocols(part),
    ]),
  );
}

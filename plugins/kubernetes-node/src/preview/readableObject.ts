import type { KubernetesObject, V1ObjectMeta } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import { annotations, labels } from '../identity';

// What the API server and its controllers write, and tools' own copies of what they have applied.
const notOurs = new Set([
  'deployment.kubernetes.io/revision',
  'kubectl.kubernetes.io/last-applied-configuration',
  'rollout.argoproj.io/revision',
]);

/** Which release and which write an object is of: these differ with every rollout, and say nothing of the software. */
const stamps = new Set([
  labels.release,
  annotations.releaseId,
  annotations.version,
  annotations.generation,
  annotations.idempotencyKey,
  annotations.desired,
  annotations.applied,
]);

interface WithTemplate extends KubernetesObject {
  status?: unknown;
  spec?: { template?: { metadata?: V1ObjectMeta } };
}

/**
 * An object of the API server as people compare it: without its bookkeeping, its status, and our stamps. As YAML.
 *
 * @public
 */
export function readableObject(object: KubernetesObject): string {
  const {
    apiVersion,
    kind,
    metadata,
    spec,
    status: _status,
    ...rest
  } = object as WithTemplate;
  return stringify({
    apiVersion,
    kind,
    metadata: readableMetadata(metadata),
    ...rest,
    spec: spec?.template
      ? {
          ...spec,
          template: {
            ...spec.template,
            metadata: readableMetadata(spec.template.metadata),
          },
        }
      : spec,
  });
}

function readableMetadata(metadata: V1ObjectMeta = {}) {
  const {
    creationTimestamp: _created,
    generation: _generation,
    managedFields: _managed,
    resourceVersion: _version,
    selfLink: _link,
    uid: _uid,
    ...lasting
  } = metadata;
  return {
    ...lasting,
    annotations: withoutStamps(metadata.annotations),
    labels: withoutStamps(metadata.labels),
  };
}

function withoutStamps(
  values: Record<string, string> | undefined,
): Record<string, string> | undefined {
  const kept = Object.entries(values ?? {}).filter(
    ([name]) => !stamps.has(name) && !notOurs.has(name),
  );
  return kept.length ? Object.fromEntries(kept) : undefined;
}

import type {
  V1ObjectMeta,
  V1Pod,
  V1PodSpec,
  V1Service,
} from '@kubernetes/client-node';
import type { WatchedObject } from './WatchedKind';

/** Types of Kubernetes whose times are not looked at, or as text as well. @public */
export type Watched<T> = Omit<T, 'metadata'> & WatchedObject;

/**
 * Who set which field is most of an object, and of interest only where somebody has declared it.
 *
 * @public
 */
export function leanMetadata<T extends WatchedObject>({
  metadata,
}: T): T['metadata'] {
  const { managedFields, ...rest } = (metadata ?? {}) as V1ObjectMeta;
  const declared = managedFields?.filter(
    ({ manager, operation }) => operation === 'Apply' && manager !== 'slipway',
  );
  return {
    ...rest,
    ...(declared?.length && { managedFields: declared }),
  } as T['metadata'];
}

/**
 * Of containers their images, and ports and probes, which words about a copy are made of that is not ready.
 *
 * @public
 */
export function leanContainers(spec: V1PodSpec | undefined) {
  return (spec?.containers ?? []).map(
    ({ image, name, ports, readinessProbe }) => ({
      image,
      name,
      ...(ports && { ports }),
      ...(readinessProbe && { readinessProbe }),
    }),
  );
}

/** What is kept of a pod. @public */
export function leanPod(pod: Watched<V1Pod>): Watched<V1Pod> {
  return {
    metadata: leanMetadata(pod),
    spec: { containers: leanContainers(pod.spec) },
    status: pod.status,
  };
}

/** What is kept of a Service. @public */
export function leanService(service: Watched<V1Service>): Watched<V1Service> {
  return {
    metadata: leanMetadata(service),
    spec: { selector: service.spec?.selector },
  };
}

import type { V1Pod } from '@kubernetes/client-node';
import { annotations, labels } from './identity';

/** @public */
export function nameOf(object: { metadata?: { name?: string } }): string {
  return object.metadata?.name ?? '';
}

/** The key of the release that a pod is of. @public */
export function podRelease(pod: V1Pod): string | undefined {
  return pod.metadata?.labels?.[labels.release];
}

/** @public */
export function podReleaseId(pod: V1Pod): string | undefined {
  return pod.metadata?.annotations?.[annotations.releaseId];
}

/** Whether it has been told to end. @public */
export function isTerminating(pod: V1Pod): boolean {
  return pod.metadata?.deletionTimestamp !== undefined;
}

/** Whether it takes requests. @public */
export function isReady(pod: V1Pod): boolean {
  return (
    !isTerminating(pod) &&
    (pod.status?.conditions ?? []).some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    )
  );
}

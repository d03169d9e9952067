import type { V1Deployment, V1Pod, V1Service } from '@kubernetes/client-node';
import type { HttpRoute } from '../objects/httpRoute';
import { labels, nameOf } from '@slipway/backstage-plugin-kubernetes-node';

/** What a namespace holds of one target. */
export interface Snapshot {
  deployments: V1Deployment[];
  pods: V1Pod[];
  service?: V1Service;
  preview?: V1Service;
  /** The one that shares out traffic, where one does. */
  httpRoute?: HttpRoute;
}

export function deploymentNamed(
  { deployments }: Pick<Snapshot, 'deployments'>,
  name: string,
): V1Deployment | undefined {
  return deployments.find(deployment => nameOf(deployment) === name);
}

/** The release that a Deployment's new pods are of. */
export function templateRelease(deployment: V1Deployment): string | undefined {
  return deployment.spec?.template.metadata?.labels?.[labels.release];
}

/** Whether all of a Deployment's copies are of its template, ready, and none is left of an older one. */
export function isComplete(deployment: V1Deployment): boolean {
  const wanted = deployment.spec?.replicas ?? 1;
  const {
    availableReplicas = 0,
    observedGeneration = 0,
    replicas = 0,
    updatedReplicas = 0,
  } = deployment.status ?? {};
  return (
    observedGeneration >= (deployment.metadata?.generation ?? 0) &&
    updatedReplicas === wanted &&
    replicas === wanted &&
    availableReplicas === wanted
  );
}

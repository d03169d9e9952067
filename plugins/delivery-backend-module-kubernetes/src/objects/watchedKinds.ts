import type {
  V1Deployment,
  V1HorizontalPodAutoscaler,
  V1Pod,
} from '@kubernetes/client-node';
import {
  labels,
  leanContainers,
  leanMetadata,
  leanPod,
  type ScaledObject,
  type Watched,
  type WatchedKind,
  type WatchedObject,
} from '@slipway/backstage-plugin-kubernetes-node';
import type { HttpRoute } from './httpRoute';

const ours = {
  labelSelector: labels.target,
  groupOf: ({ metadata }: WatchedObject) =>
    metadata?.labels?.[labels.target] ?? '',
};
const everybodys = { groupOf: () => '' };

export const watchedDeployments: WatchedKind<Watched<V1Deployment>> = {
  ...ours,
  api: 'apis/apps/v1',
  plural: 'deployments',
  keep: deployment => ({
    metadata: leanMetadata(deployment),
    spec: deployment.spec && {
      progressDeadlineSeconds: deployment.spec.progressDeadlineSeconds,
      replicas: deployment.spec.replicas,
      selector: deployment.spec.selector,
      template: {
        metadata: deployment.spec.template.metadata,
        spec: { containers: leanContainers(deployment.spec.template.spec) },
      },
    },
    status: deployment.status,
  }),
};

export const watchedPods: WatchedKind<Watched<V1Pod>> = {
  ...ours,
  api: 'api/v1',
  plural: 'pods',
  keep: leanPod,
};

export const watchedAutoscalers: WatchedKind<
  Watched<V1HorizontalPodAutoscaler>
> = {
  ...everybodys,
  api: 'apis/autoscaling/v1',
  plural: 'horizontalpodautoscalers',
  keep: autoscaler => ({
    metadata: identityOnly(autoscaler),
    spec: autoscaler.spec && {
      maxReplicas: autoscaler.spec.maxReplicas,
      scaleTargetRef: autoscaler.spec.scaleTargetRef,
    },
  }),
};

export const watchedScaledObjects: WatchedKind<Watched<ScaledObject>> = {
  ...everybodys,
  api: 'apis/keda.sh/v1alpha1',
  plural: 'scaledobjects',
  keep: scaledObject => ({
    metadata: identityOnly(scaledObject),
    spec: { scaleTargetRef: scaledObject.spec?.scaleTargetRef },
  }),
};

export const watchedHttpRoutes: WatchedKind<Watched<HttpRoute>> = {
  ...everybodys,
  api: 'apis/gateway.networking.k8s.io/v1',
  plural: 'httproutes',
  keep: route => ({ ...route, metadata: leanMetadata(route) }),
};

function identityOnly({ metadata }: WatchedObject): WatchedObject['metadata'] {
  return {
    name: metadata?.name,
    uid: metadata?.uid,
    resourceVersion: metadata?.resourceVersion,
  };
}

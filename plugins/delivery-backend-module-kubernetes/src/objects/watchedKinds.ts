import type {
  V1Deployment,
  V1HorizontalPodAutoscaler,
  V1ObjectMeta,
  V1Pod,
  V1PodSpec,
  V1Service,
} from '@kubernetes/client-node';
import {
  labels,
  type ScaledObject,
  type WatchedKind,
  type WatchedObject,
} from '@slipway/backstage-plugin-kubernetes-node';
import type { HttpRoute } from './httpRoute';

/** Types of Kubernetes whose times are not looked at, or as text as well. */
type Watched<T> = Omit<T, 'metadata'> & WatchedObject;

const ours = {
  labelSelector: labels.target,
  groupOf: ({ metadata }: WatchedObject) =>
    metadata?.labels?.[labels.target] ?? '',
};
const everybodys = { groupOf: () => '' };

// Who set which field is most of an object, and of interest only where somebody has declared it.
function lean<T extends WatchedObject>({ metadata }: T): T['metadata'] {
  const { managedFields, ...rest } = (metadata ?? {}) as V1ObjectMeta;
  const declared = managedFields?.filter(
    ({ manager, operation }) => operation === 'Apply' && manager !== 'slipway',
  );
  return {
    ...rest,
    ...(declared?.length && { managedFields: declared }),
  } as T['metadata'];
}

// Ports and probes are what words about a copy are made of that is not ready.
function containersOf(spec: V1PodSpec | undefined) {
  return (spec?.containers ?? []).map(
    ({ image, name, ports, readinessProbe }) => ({
      image,
      name,
      ...(ports && { ports }),
      ...(readinessProbe && { readinessProbe }),
    }),
  );
}

export const watchedDeployments: WatchedKind<Watched<V1Deployment>> = {
  ...ours,
  api: 'apis/apps/v1',
  plural: 'deployments',
  keep: deployment => ({
    metadata: lean(deployment),
    spec: deployment.spec && {
      progressDeadlineSeconds: deployment.spec.progressDeadlineSeconds,
      replicas: deployment.spec.replicas,
      selector: deployment.spec.selector,
      template: {
        metadata: deployment.spec.template.metadata,
        spec: { containers: containersOf(deployment.spec.template.spec) },
      },
    },
    status: deployment.status,
  }),
};

export const watchedPods: WatchedKind<Watched<V1Pod>> = {
  ...ours,
  api: 'api/v1',
  plural: 'pods',
  keep: pod => ({
    metadata: lean(pod),
    spec: { containers: containersOf(pod.spec) },
    status: pod.status,
  }),
};

export const watchedServices: WatchedKind<Watched<V1Service>> = {
  ...ours,
  api: 'api/v1',
  plural: 'services',
  keep: service => ({
    metadata: lean(service),
    spec: { selector: service.spec?.selector },
  }),
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
  keep: route => ({ ...route, metadata: lean(route) }),
};

function identityOnly({ metadata }: WatchedObject): WatchedObject['metadata'] {
  return {
    name: metadata?.name,
    uid: metadata?.uid,
    resourceVersion: metadata?.resourceVersion,
  };
}

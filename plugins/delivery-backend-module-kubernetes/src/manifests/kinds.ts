/** A kind of object that manifests may hold. All of them live in namespaces. */
export interface ManifestKind {
  apiVersion: string;
  kind: string;
  /** As in its address. */
  plural: string;
}

/** In the order in which they are applied: what workloads need comes before them, what works on them after. */
export const manifestKinds: readonly ManifestKind[] = [
  { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts' },
  { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    plural: 'persistentvolumeclaims',
  },
  { apiVersion: 'v1', kind: 'Service', plural: 'services' },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
  },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' },
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' },
  { apiVersion: 'batch/v1', kind: 'CronJob', plural: 'cronjobs' },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
  },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', plural: 'ingresses' },
];

/** Refused with a reason of their own. */
export const refusedKinds: Record<string, string> = {
  Secret:
    'secrets do not belong into a repository, and releases keep none; let an operator or somebody with the right make it in the namespace, and refer to it by name',
  Namespace:
    'the namespace is that of the environment (spec.target.namespace); take it out',
};

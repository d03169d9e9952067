/** A kind of somebody else, with whatever fields. */
export function definition(
  group: string,
  plural: string,
  kind: string,
  name: string,
) {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      annotations: { 'api-approved.kubernetes.io': 'unapproved, a test' },
    },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [
        {
          name,
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              'x-kubernetes-preserve-unknown-fields': true,
            },
          },
        },
      ],
    },
  };
}

/** One that runs a small web server. */
export function deployment(
  namespace: string,
  name: string,
  labels: Record<string, string>,
  cpu = true,
) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'app',
              image: 'demo-web:1',
              imagePullPolicy: 'IfNotPresent',
              resources: cpu ? { requests: { cpu: '50m' } } : {},
            },
          ],
        },
      },
    },
  };
}

/** Of the Deployment of the same name. */
export function autoscaler(namespace: string, name: string, metric: object) {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 1,
      maxReplicas: 2,
      metrics: [{ type: 'Resource', resource: metric }],
    },
  };
}

import type {
  V1Container,
  V1Deployment,
  V1Probe,
} from '@kubernetes/client-node';
import type { DesiredRelease } from '@slipway/backstage-plugin-delivery-node';
import { containerOf } from '../artifacts/imageArtifact';
import {
  annotations,
  labels,
  objectAnnotations,
  objectLabels,
  releaseKey,
  type TargetIdentity,
} from './identity';

type HealthCheck = NonNullable<DesiredRelease['health']['readiness']>;

/** How many copies a rolling update may have more, and fewer, than wanted. A number, or a share such as `25%`. */
export interface RollingParameters {
  maxSurge: number | string;
  maxUnavailable: number | string;
}

/** The container's name in every pod of ours. */
export const containerName = 'app';

/**
 * The Deployment of a release as it is applied. The number of copies is not in it: that is the scale subresource's, so
 * that an autoscaler never has to fight for it.
 */
export function deploymentObject(options: {
  identity: TargetIdentity;
  name: string;
  namespace: string;
  release: DesiredRelease;
  rolling: RollingParameters;
  serviceAccountName?: string;
  progressDeadlineSeconds: number;
  generation: number;
  idempotencyKey: string;
  /** Of what the plan was made from; absent for one that is not there yet. */
  resourceVersion?: string;
}): V1Deployment {
  const { identity, name, release } = options;
  const own = {
    [labels.target]: identity.id,
    [labels.deployment]: name,
  };
  const ofRelease = {
    [annotations.releaseId]: release.releaseId,
    [annotations.version]: release.version,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: options.namespace,
      ...(options.resourceVersion && {
        resourceVersion: options.resourceVersion,
      }),
      labels: {
        ...objectLabels(identity),
        [labels.release]: releaseKey(release.releaseId),
      },
      annotations: {
        ...objectAnnotations(identity),
        ...ofRelease,
        [annotations.generation]: String(options.generation),
        [annotations.idempotencyKey]: options.idempotencyKey,
      },
    },
    spec: {
      selector: { matchLabels: own },
      strategy: { type: 'RollingUpdate', rollingUpdate: options.rolling },
      progressDeadlineSeconds: options.progressDeadlineSeconds,
      revisionHistoryLimit: 2,
      template: {
        metadata: {
          labels: {
            ...objectLabels(identity),
            ...own,
            [labels.release]: releaseKey(release.releaseId),
          },
          // Only what is the release's own: a change here replaces every pod.
          annotations: ofRelease,
        },
        spec: {
          ...(options.serviceAccountName && {
            serviceAccountName: options.serviceAccountName,
          }),
          containers: [container(release)],
        },
      },
    },
  };
}

function container({
  artifact,
  environmentVariables,
  health,
}: DesiredRelease): V1Container {
  const { args, image, port } = containerOf(artifact);
  return {
    name: containerName,
    image,
    ...(args && { args }),
    ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }],
    env: Object.entries({ PORT: String(port), ...environmentVariables }).map(
      // '$(' would be taken for a reference to another variable; the second '$' says that it is none.
      ([key, value]) => ({ name: key, value: value.replaceAll('$(', '$$$$(') }),
    ),
    // Without a path all that can be seen from outside is whether it listens.
    readinessProbe: health.readiness
      ? {
          ...probe(health.readiness),
          successThreshold: health.readiness.successThreshold ?? 1,
        }
      : { tcpSocket: { port: 'http' }, periodSeconds: 2 },
    ...(health.liveness && { livenessProbe: probe(health.liveness) }),
    // Its last words become part of the pod's status, where they are told from.
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}

// Kubernetes counts whole seconds, from 1 on. Liveness takes no other successThreshold than 1.
function probe(check: HealthCheck): V1Probe {
  const seconds = (value: number | undefined, otherwise: number) =>
    Math.max(1, Math.ceil(value ?? otherwise));
  return {
    httpGet: { path: check.path ?? '/', port: 'http' },
    initialDelaySeconds: Math.ceil(check.initialDelaySeconds ?? 0),
    periodSeconds: seconds(check.periodSeconds, 2),
    timeoutSeconds: seconds(check.timeoutSeconds, 2),
    failureThreshold: check.failureThreshold ?? 3,
  };
}

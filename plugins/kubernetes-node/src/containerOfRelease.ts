import type { V1Container, V1Probe } from '@kubernetes/client-node';
import type { DesiredRelease } from '@slipway/backstage-plugin-delivery-node';
import { containerOf } from './imageArtifact';

type HealthCheck = NonNullable<DesiredRelease['health']['readiness']>;

/** The container's name in every pod of ours. @public */
export const containerName = 'app';

/** The container of a release, as pods have it. The artifact is one of `imageArtifact`. @public */
export function containerOfRelease({
  artifact,
  environmentVariables,
  health,
}: DesiredRelease): V1Container {
  const { args, cpu, image, memory, port } = containerOf(artifact);
  // CPU without a limit: a copy may use what nobody else needs. Memory cannot be taken back.
  const resources = {
    requests: { ...(cpu && { cpu }), ...(memory && { memory }) },
    ...(memory && { limits: { memory } }),
  };
  return {
    name: containerName,
    image,
    ...(args && { args }),
    ...((cpu || memory) && { resources }),
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

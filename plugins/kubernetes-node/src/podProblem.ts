import type {
  V1ContainerStateTerminated,
  V1ContainerStatus,
  V1Pod,
} from '@kubernetes/client-node';
import { isReady, isTerminating } from './pods';

/** What is wrong with a copy, in words. @public */
export interface PodProblem {
  message: string;
  /** Whether it will not pass by itself. */
  lasting: boolean;
}

// A copy that ends is started again at once, then with growing pauses: three ends are no accident.
const restartsOfAnIllness = 2;
// A copy that was ready may stumble for so long.
const stumbleMs = 5000;

/** `undefined` for a copy that is well, coming up as it should, or on its way out. @public */
export function podProblem(pod: V1Pod, now: number): PodProblem | undefined {
  if (isReady(pod) || isTerminating(pod)) return undefined;
  return unscheduled(pod) ?? notStarting(pod) ?? notReady(pod, now);
}

function unscheduled({ status }: V1Pod): PodProblem | undefined {
  const scheduled = status?.conditions?.find(
    ({ type }) => type === 'PodScheduled',
  );
  return scheduled?.status === 'False' && scheduled.reason === 'Unschedulable'
    ? {
        message: `no node takes the copy: ${sentence(scheduled.message)} Add nodes, or ask for less CPU and memory`,
        // More nodes may be on their way; the progress deadline ends the waiting.
        lasting: false,
      }
    : undefined;
}

function notStarting({ spec, status }: V1Pod): PodProblem | undefined {
  for (const container of status?.containerStatuses ?? []) {
    const { reason, message = '' } = container.state?.waiting ?? {};
    const image = spec?.containers.find(
      ({ name }) => name === container.name,
    )?.image;
    switch (reason) {
      case 'CrashLoopBackOff':
        return keepsEnding(container, container.lastState?.terminated);
      case 'ErrImagePull':
      case 'ImagePullBackOff':
        return {
          message: `the image ${image} cannot be fetched: ${sentence(message)} Check its name and digest, and that the nodes can reach the registry and may read from it (imagePullSecrets of the service account)`,
          lasting: reason === 'ImagePullBackOff',
        };
      case 'InvalidImageName':
        return {
          message: `${image} is no name of an image: ${message}`,
          lasting: true,
        };
      case 'ErrImageNeverPull':
        return {
          message: `the image ${image} is not on the node, and may not be fetched: ${message}`,
          lasting: true,
        };
      case 'CreateContainerConfigError':
      case 'CreateContainerError':
      case 'RunContainerError':
        return {
          message: `the container cannot be started (${reason}): ${message}`,
          lasting: true,
        };
      default:
    }
    const ended = container.state?.terminated;
    if (ended && container.restartCount > 0)
      return keepsEnding(container, ended);
    if (ended)
      return { message: `a copy has ended: ${lastEnd(ended)}`, lasting: false };
  }
  return undefined;
}

function keepsEnding(
  { restartCount }: V1ContainerStatus,
  end: V1ContainerStateTerminated | undefined,
): PodProblem {
  return {
    message: `a copy keeps ending: ${lastEnd(end)}`,
    lasting: restartCount >= restartsOfAnIllness,
  };
}

function notReady(
  { spec, status }: V1Pod,
  now: number,
): PodProblem | undefined {
  const [container] = status?.containerStatuses ?? [];
  const startedAt = container?.state?.running?.startedAt;
  if (!startedAt) return undefined;
  const before = container.lastState?.terminated;
  // Between two ends it runs for a moment; why it ended says more than that it is not ready.
  if (before) return keepsEnding(container, before);
  const since = status?.conditions?.find(
    ({ type }) => type === 'Ready',
  )?.lastTransitionTime;
  const check = spec?.containers[0]?.readinessProbe?.httpGet?.path;
  const port = spec?.containers[0]?.ports?.[0]?.containerPort;
  const why = check
    ? `GET ${check} on port ${port} does not answer with success`
    : `nothing listens on port ${port}`;
  // It says so from its beginning on; a later time means that it has been ready in between.
  const wasReady =
    since !== undefined &&
    new Date(since).getTime() > new Date(startedAt).getTime();
  if (!wasReady)
    return { message: `a copy is not ready yet: ${why}`, lasting: false };
  return {
    message: `a copy is no longer well: ${why}`,
    lasting: now - new Date(since).getTime() >= stumbleMs,
  };
}

function sentence(text = 'it does not say why'): string {
  return `${text.trim().replace(/\.$/, '')}.`;
}

function lastEnd(end: V1ContainerStateTerminated | undefined): string {
  if (!end) return 'it does not say why';
  if (end.reason === 'OOMKilled')
    return 'it used more memory than its limit (OOMKilled). Raise the limit, or let it use less';
  const words = end.message?.trim().split('\n').slice(-5).join('\n');
  return `it ended with code ${end.exitCode}${words ? `: ${words}` : ''}`;
}

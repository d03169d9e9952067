import type { V1Pod } from '@kubernetes/client-node';
import type { LogLine } from '@slipway/backstage-plugin-delivery-common';
import type { ClusterClient } from './ClusterClient';
import { ClusterResponseError } from './ClusterResponseError';
import { containerName } from './containerOfRelease';
import { nameOf } from './pods';

/**
 * The last lines of some pods, oldest first, with those of a container that was restarted. The API does not say which
 * of a container's two streams a line came from: all are told as `stdout`.
 *
 * @public
 */
export async function readPodLogs(
  client: ClusterClient,
  namespace: string,
  pods: V1Pod[],
  tail: number,
  container = containerName,
): Promise<LogLine[]> {
  const lines = await Promise.all(
    pods.flatMap(pod => {
      const read = (previous: boolean) =>
        client.core
          .readNamespacedPodLog({
            name: nameOf(pod),
            namespace,
            container,
            tailLines: tail,
            timestamps: true,
            previous,
          })
          .catch(orNothing)
          .then(text => parse(text, nameOf(pod)));
      const restarted = pod.status?.containerStatuses?.some(
        ({ restartCount }) => restartCount > 0,
      );
      return restarted ? [read(true), read(false)] : [read(false)];
    }),
  );
  return lines
    .flat()
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
    .slice(-tail);
}

// A container that has not started has no log, and a pod may have gone since it was listed.
function orNothing(error: unknown): string {
  if (
    error instanceof ClusterResponseError &&
    error.kubernetes &&
    (error.status === 400 || error.status === 404)
  )
    return '';
  throw error;
}

// What has no time in front is a word of the node's own, such as that a container's log is gone already.
function parse(text: string | undefined, instance: string): LogLine[] {
  return (text ?? '').split('\n').flatMap(line => {
    const [time] = line.split(' ', 1);
    const at = new Date(time);
    return /^\d{4}-\d\d-\d\dT/.test(time) && !Number.isNaN(at.getTime())
      ? [
          {
            at: at.toISOString(),
            instance,
            stream: 'stdout' as const,
            text: line.slice(time.length + 1),
          },
        ]
      : [];
  });
}

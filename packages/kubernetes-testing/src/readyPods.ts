import type { TestCluster } from './TestCluster';

interface Pod {
  metadata: {
    name: string;
    namespace: string;
    creationTimestamp: string;
    deletionTimestamp?: string;
  };
  spec: {
    containers: Array<{
      name: string;
      image: string;
      readinessProbe?: { initialDelaySeconds?: number };
    }>;
  };
  status?: { conditions?: Array<{ type: string; status: string }> };
}

/**
 * A stand-in for nodes: says of every pod of a cluster that it runs and, after the delay of its readiness probe, is ready,
 * and lets those go that are to end. Nothing runs. Answers how to end it.
 */
export async function readyPods(
  cluster: TestCluster,
): Promise<() => Promise<void>> {
  const api = await cluster.proxy();
  const stopped = new AbortController();
  const patch = (pod: Pod) =>
    fetch(
      `${api.url}/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/status`,
      {
        method: 'PATCH',
        headers: { 'content-type': 'application/merge-patch+json' },
        body: JSON.stringify({ status: statusOf(pod) }),
      },
    );
  const remove = (pod: Pod) =>
    fetch(
      `${api.url}/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}?gracePeriodSeconds=0`,
      { method: 'DELETE' },
    );
  const round = async () => {
    const response = await fetch(`${api.url}/api/v1/pods?resourceVersion=0`, {
      signal: stopped.signal,
    });
    const { items } = (await response.json()) as { items: Pod[] };
    const due = items.filter(
      pod =>
        pod.metadata.deletionTimestamp ||
        (!isReady(pod) && isThroughDelay(pod)),
    );
    for (let from = 0; from < due.length; from += 20)
      await Promise.all(
        due
          .slice(from, from + 20)
          .map(pod =>
            pod.metadata.deletionTimestamp ? remove(pod) : patch(pod),
          ),
      );
  };
  const running = (async () => {
    while (!stopped.signal.aborted) {
      // The API server may be away.
      await round().catch(() => {});
      await new Promise(resolve => {
        setTimeout(resolve, 200);
      });
    }
  })();
  return async () => {
    stopped.abort();
    await running;
    api.stop();
  };
}

function isReady({ status }: Pod): boolean {
  return (
    status?.conditions?.some(
      ({ status: is, type }) => type === 'Ready' && is === 'True',
    ) ?? false
  );
}

function isThroughDelay({ metadata, spec }: Pod): boolean {
  const seconds = Math.max(
    ...spec.containers.map(
      ({ readinessProbe }) => readinessProbe?.initialDelaySeconds ?? 0,
    ),
  );
  return Date.now() >= Date.parse(metadata.creationTimestamp) + seconds * 1000;
}

function statusOf({ spec }: Pod) {
  const at = new Date().toISOString();
  return {
    phase: 'Running',
    startTime: at,
    podIP: '10.255.0.1',
    conditions: ['Initialized', 'ContainersReady', 'Ready', 'PodScheduled'].map(
      type => ({ type, status: 'True', lastTransitionTime: at }),
    ),
    containerStatuses: spec.containers.map(({ image, name }) => ({
      name,
      image,
      imageID: image,
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: at } },
    })),
  };
}

import { type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TestCluster } from '@slipway/kubernetes-testing';

const outputs = {
  services:
    '{.object.metadata.resourceVersion}|{.type} Service {.object.metadata.name}: {.object.spec.selector.slipway\\.dev/release}{"\\n"}',
  httproutes:
    '{.object.metadata.resourceVersion}|{.type} HTTPRoute: {.object.spec.rules[0].backendRefs[*].name} {.object.spec.rules[0].backendRefs[*].weight}{"\\n"}',
};

/** Where Services and routes of a namespace point, change by change, as the API server tells it. */
export function watchTraffic(cluster: TestCluster, namespace: string) {
  const seen: Array<{ at: number; text: string }> = [];
  const watches: ChildProcess[] = Object.entries(outputs).map(
    ([kind, output]) => {
      const child = cluster.watch(
        ...['get', kind, '-n', namespace, '--watch', '--output-watch-events'],
        ...['-o', `jsonpath=${output}`],
      );
      if (child.stdout)
        createInterface(child.stdout).on('line', line => {
          const [at, text] = line.split('|');
          if (text) seen.push({ at: Number(at), text });
        });
      return child;
    },
  );
  return {
    /** In the order in which they were written; a write that changes nothing of this is left out. */
    changes(): string[] {
      const last = new Map<string, string>();
      return seen
        .toSorted((one, other) => one.at - other.at)
        .map(({ text }) => text.replace(/^(ADDED|MODIFIED) /, ''))
        .filter(text => {
          const [name] = text.replace('DELETED ', '').split(':');
          const isNews = last.get(name) !== text;
          last.set(name, text);
          return isNews;
        });
    },
    stop(): void {
      for (const child of watches) child.kill();
    },
  };
}

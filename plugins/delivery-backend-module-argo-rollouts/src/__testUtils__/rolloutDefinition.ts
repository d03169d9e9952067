import type { TestCluster } from '@slipway/kubernetes-testing';
import { targetPaths } from '@backstage/cli-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Where Argo's own definition of a Rollout lies, as its project publishes it. */
export const rolloutFile = join(
  process.env.SLIPWAY_TEST_CRDS ??
    join(targetPaths.rootDir, '..', 'shared', 'data', 'crds'),
  'argo-rollouts-1.9.1-rollout.yaml',
);

/**
 * Left out is what Kubernetes 1.20 does not take: rules in CEL, empty texts for defaults, and that the list of pull secrets,
 * which wants one, is merged by name. Beside a number or text (`x-kubernetes-int-or-string`) it takes every list for one
 * field of server-side apply; such fields may be anything here.
 */
function rolloutDefinition(): object {
  return parse(readFileSync(rolloutFile, 'utf8'), (key, value) => {
    if (key === 'x-kubernetes-validations') return undefined;
    if (key === 'default' && value === '') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    const schema = value as Record<string, unknown>;
    if (schema['x-kubernetes-int-or-string'])
      return { 'x-kubernetes-preserve-unknown-fields': true };
    if (key !== 'imagePullSecrets') return value;
    const {
      'x-kubernetes-list-map-keys': _keys,
      'x-kubernetes-list-type': _type,
      ...rest
    } = schema;
    return rest;
  });
}

/** Makes the kind known to a cluster; returns when it is served. */
export async function installRollouts(cluster: TestCluster): Promise<void> {
  await cluster.apply(rolloutDefinition());
  const established = () =>
    cluster.kubectl(
      ...['wait', '--for=condition=Established', '--timeout=20s'],
      'crd/rollouts.argoproj.io',
    );
  // As long as nobody has written a condition at all, it does not wait.
  await established().catch(established).catch(established);
}

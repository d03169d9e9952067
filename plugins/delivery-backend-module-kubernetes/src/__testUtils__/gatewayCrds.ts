import { targetPaths } from '@backstage/cli-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Where the Gateway API's own definition of an HTTPRoute lies, as its project publishes it. */
export const httpRouteFile = join(
  process.env.SLIPWAY_TEST_CRDS ??
    join(targetPaths.rootDir, '..', 'shared', 'data', 'crds'),
  'gateway-api-1.6.1-httproutes.yaml',
);

/** Left out is what Kubernetes 1.20 does not take: rules in CEL, and empty texts for defaults. */
export function httpRouteDefinition(): object {
  return parse(readFileSync(httpRouteFile, 'utf8'), (key, value) =>
    key === 'x-kubernetes-validations' || (key === 'default' && value === '')
      ? undefined
      : value,
  );
}

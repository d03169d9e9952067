// Starts a real Kubernetes for the browser tests where one can be had.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Answers the tests' environment variables and how to end it; nothing where there is none, which is said. */
export async function startBrowserCluster(root, reports) {
  const folder =
    process.env.SLIPWAY_TEST_KUBE ?? join(root, '..', 'shared', 'kube');
  const missing = whyNot(folder);
  if (missing) {
    process.stdout.write(
      `\n!!! SKIPPED: the portal on a cluster, in the browser: ${missing}\n\n`,
    );
    return undefined;
  }
  const config = join(reports, 'app-config.cluster.yaml');
  const loader = createRequire(import.meta.url).resolve(
    '@backstage/cli/config/nodeTransform.cjs',
  );
  const child = spawn(
    process.execPath,
    ['--require', loader, 'e2e/cluster/startCluster.ts', config],
    { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise(resolve => child.once('exit', resolve));
  const directory = await Promise.race([
    new Promise(resolve =>
      createInterface({ input: child.stdout }).once('line', resolve),
    ),
    ended.then(code => {
      throw new Error(`The test cluster ended with ${code}; see above`);
    }),
  ]);
  return {
    env: {
      SLIPWAY_E2E_CLUSTER_CONFIG: config,
      SLIPWAY_E2E_CLUSTER: directory,
      SLIPWAY_TEST_KUBE: folder,
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

function whyNot(folder) {
  if (!existsSync(join(folder, 'cluster')))
    return `there is no ${join(folder, 'cluster')}`;
  return process.getuid?.() === 0
    ? undefined
    : 'real pods need root, and this is not';
}

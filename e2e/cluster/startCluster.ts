// Starts a real Kubernetes for the browser tests and writes the configuration of a portal that is connected to it to the
// file named on the command line. Tells on standard output, in one line, where the cluster is; ends it when standard
// input ends. In the portal it has just the rights of the modules' own rbac.yaml.
import { TestCluster } from '@slipway/kubernetes-testing';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

const [configFile] = process.argv.slice(2);
const root = process.cwd();
const rbacOf = (module: string) => join(root, 'plugins', module, 'rbac.yaml');
const namespace = 'shop';
const scalingRole = 'slipway-scaling';

async function main(): Promise<void> {
  const cluster = await TestCluster.start({
    nodes: true,
    rbac: rbacOf('delivery-backend-module-kubernetes'),
  });
  try {
    await cluster.namespace(namespace);
    await cluster.kubectl(
      ...['apply', '--server-side', '-f'],
      rbacOf('scaling-backend-module-kubernetes'),
    );
    await cluster.kubectl(
      ...['create', 'rolebinding', scalingRole, '-n', namespace],
      ...['--clusterrole', scalingRole],
      ...['--serviceaccount', 'slipway:slipway'],
    );
    // Locations are a list, which a second file replaces.
    const { catalog } = parse(
      readFileSync(join(root, 'app-config.yaml'), 'utf8'),
    );
    writeFileSync(
      configFile,
      stringify({
        catalog: {
          locations: [
            ...catalog.locations,
            { type: 'file', target: join(root, 'e2e/cluster/catalog.yaml') },
          ],
        },
        kubernetes: {
          clusterLocatorMethods: [
            { type: 'config', clusters: [await cluster.config('test')] },
          ],
        },
        // The images of the test node have no registry, and so no digest.
        delivery: { kubernetes: { allowTags: true } },
      }),
      { mode: 0o600 },
    );
    process.stdout.write(`${cluster.directory}\n`);
    process.stdin.resume();
    await new Promise(resolve => {
      process.stdin.once('end', resolve);
      for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
    });
  } finally {
    await cluster.stop();
  }
}

void main().then(
  () => process.exit(),
  error => {
    process.stderr.write(`${error}\n`);
    process.exit(1);
  },
);

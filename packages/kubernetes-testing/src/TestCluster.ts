import type { JsonObject } from '@backstage/types';
import { targetPaths } from '@backstage/cli-common';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';

/** As in a role. */
export interface PolicyRule {
  apiGroups?: string[];
  resources?: string[];
  verbs: string[];
}

interface Role {
  apiVersion: string;
  kind: string;
  rules: PolicyRule[];
}

const run = promisify(execFile);

const folder =
  process.env.SLIPWAY_TEST_KUBE ??
  join(targetPaths.rootDir, '..', 'shared', 'kube');
const program = join(folder, 'cluster');

// Who Slipway is in the cluster.
const account = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'slipway' } },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'slipway', namespace: 'slipway' },
  },
];

/** `describe` where a cluster can be started; elsewhere its tests are skipped, and say so. */
export function describeWithCluster(
  name: string,
  options: { nodes: boolean; file?: string },
  tests: () => void,
): void {
  const missing = whyNot(options);
  if (missing)
    process.stderr.write(
      `\n!!! SKIPPED: ${name}: ${missing}. Set SLIPWAY_TEST_KUBE to the folder of a test cluster, and SLIPWAY_TEST_CRDS to that of definitions, see packages/kubernetes-testing/README.md.\n\n`,
    );
  const suite = missing ? describe.skip : describe;
  suite(name, tests);
}

function whyNot({
  file,
  nodes,
}: {
  nodes: boolean;
  file?: string;
}): string | undefined {
  if (!existsSync(program)) return `there is no ${program}`;
  if (file && !existsSync(file)) return `there is no ${file}`;
  if (nodes && process.getuid?.() !== 0)
    return 'real pods need root, and this is not';
  return undefined;
}

/** A real Kubernetes of its own, which ends with this process whatever becomes of it. */
export class TestCluster {
  readonly #proxies = new Set<ChildProcess>();
  #role?: Promise<Role>;

  private constructor(
    readonly directory: string,
    readonly url: string,
    readonly caData: string,
    private readonly role: string,
  ) {}

  /** @param rbac - path of the manifests of the one ClusterRole that Slipway's service account gets */
  static async start({
    nodes,
    rbac,
  }: {
    nodes: boolean;
    rbac: string;
  }): Promise<TestCluster> {
    const role = roleOf(rbac);
    const directory = mkdtempSync(join(tmpdir(), 'slipway-kube-'));
    endWith(process.pid, directory);
    try {
      const up = () =>
        run(program, ['up', ...(nodes ? ['--nodes'] : []), '--dir', directory]);
      // Another cluster that starts in the same moment may take a port first; on what is broken `up` starts afresh.
      await up().catch(up).catch(up);
      const kubeconfig = parse(
        readFileSync(join(directory, 'kubeconfig'), 'utf8'),
      );
      const { cluster } = kubeconfig.clusters[0];
      const started = new TestCluster(
        directory,
        cluster.server,
        cluster['certificate-authority-data'],
        role,
      );
      for (const manifest of account) await started.apply(manifest);
      await started.kubectl('apply', '--server-side', '-f', rbac);
      return started;
    } catch (error) {
      await down(directory);
      throw error;
    }
  }

  /** As cluster-admin. */
  async kubectl(...args: string[]): Promise<string> {
    const { stdout } = await this.#run(args);
    return stdout;
  }

  /** A `kubectl … --watch`, to be killed by whoever started it. */
  watch(...args: string[]): ChildProcess {
    return spawn(program, ['kubectl', ...args], {
      env: { ...process.env, KUBE_TEST_DIR: this.directory },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  /** Its API by plain HTTP as cluster-admin, for what is asked too often to start a program for. */
  async proxy(): Promise<{ url: string; stop(): void }> {
    const child = spawn(program, ['kubectl', 'proxy', '--port=0'], {
      env: { ...process.env, KUBE_TEST_DIR: this.directory },
      // Of a cluster that is away it would say so for each request.
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#proxies.add(child);
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', said => {
        const address = /127\.0\.0\.1:\d+/.exec(String(said))?.[0];
        if (address) resolve(`http://${address}`);
      });
      child.once('exit', code =>
        reject(new Error(`kubectl proxy ended with ${code}`)),
      );
    });
    return { url, stop: () => child.kill() };
  }

  /** Server-side apply of a manifest, as `manager`. */
  async apply(manifest: object, { manager = 'kubectl' } = {}): Promise<void> {
    await this.#send(manifest, [
      ...['apply', '--server-side', '--force-conflicts'],
      `--field-manager=${manager}`,
    ]);
  }

  /** As somebody does who declares nothing. */
  async create(manifest: object): Promise<void> {
    await this.#send(manifest, ['create']);
  }

  /** A namespace in which Slipway has its role, or with `rules` what they make of its rules, such as an older version's. */
  async namespace(
    name: string,
    rules?: (own: PolicyRule[]) => PolicyRule[],
  ): Promise<string> {
    await this.kubectl('create', 'namespace', name);
    const {
      apiVersion,
      kind,
      rules: own,
    } = await (this.#role ??= this.#readRole());
    const given = rules?.(own) ?? own;
    if (rules)
      await this.apply({ apiVersion, kind, metadata: { name }, rules: given });
    await this.kubectl(
      ...['create', 'rolebinding', this.role, '-n', name],
      ...['--clusterrole', rules ? name : this.role],
      ...['--serviceaccount', 'slipway:slipway'],
    );
    // The API server takes note of a binding a moment after it has stored it.
    while (!(await this.#may(given[0], name))) await pause(100);
    return name;
  }

  async #readRole(): Promise<Role> {
    return JSON.parse(
      await this.kubectl('get', 'clusterrole', this.role, '-o', 'json'),
    );
  }

  async #may(
    { apiGroups = [''], resources = [], verbs }: PolicyRule,
    namespace: string,
  ): Promise<boolean> {
    const running = this.#run([
      ...['create', '--validate=false', '-f', '-'],
      ...['-o', 'jsonpath={.status.allowed}'],
    ]);
    running.child.stdin?.end(
      JSON.stringify({
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: {
          user: 'system:serviceaccount:slipway:slipway',
          resourceAttributes: {
            namespace,
            verb: verbs[0],
            group: apiGroups[0],
            resource: resources[0],
          },
        },
      }),
    );
    return (await running).stdout === 'true';
  }

  /** As in `kubernetes.clusterLocatorMethods`, with the rights of the role. */
  async config(name: string): Promise<JsonObject> {
    return {
      name,
      url: this.url,
      caData: this.caData,
      authProvider: 'serviceAccount',
      serviceAccountToken: await this.#token(),
    };
  }

  /** Of a process of the cluster, such as `apiserver`. */
  pidOf(name: string): number {
    return Number(readFileSync(this.#pidFile(name), 'utf8').split(' ')[0]);
  }

  /** Ends the API server as a crash does, and answers how to start it again as it was. */
  async killApiServer(): Promise<() => Promise<void>> {
    const pid = this.pidOf('apiserver');
    const [command, ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .slice(0, -1);
    process.kill(pid, 'SIGKILL');
    while (existsSync(`/proc/${pid}/exe`)) await pause(50);
    return async () => {
      const log = openSync(join(this.directory, 'logs', 'apiserver.log'), 'a');
      const started = spawn(command, args, {
        cwd: this.directory,
        detached: true,
        stdio: ['ignore', log, log],
      });
      started.unref();
      const stat = readFileSync(`/proc/${started.pid}/stat`, 'utf8');
      // As the program `cluster` tells that it is the same process: the 22nd field.
      const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      writeFileSync(
        this.#pidFile('apiserver'),
        `${started.pid} ${startTime}\n`,
      );
      while (!(await this.#isReady())) await pause(100);
    };
  }

  async stop(): Promise<void> {
    for (const child of this.#proxies) child.kill();
    await down(this.directory);
  }

  async #token(): Promise<string> {
    const token = await this.kubectl(
      'create',
      'token',
      'slipway',
      '-n',
      'slipway',
    );
    return token.trim();
  }

  #pidFile(name: string): string {
    return join(this.directory, 'pids', name);
  }

  async #isReady(): Promise<boolean> {
    return this.kubectl('get', '--raw', '/readyz').then(
      answer => answer === 'ok',
      () => false,
    );
  }

  async #send(manifest: object, args: string[]): Promise<void> {
    const running = this.#run([...args, '--validate=false', '-f', '-']);
    running.child.stdin?.end(JSON.stringify(manifest));
    await running;
  }

  #run(args: string[]) {
    return run(program, ['kubectl', ...args], {
      env: { ...process.env, KUBE_TEST_DIR: this.directory },
      // The metrics of an API server are some megabytes.
      maxBuffer: 64 * 2 ** 20,
    });
  }
}

function roleOf(rbac: string): string {
  const role = parseAllDocuments(readFileSync(rbac, 'utf8')).find(
    document => document.get('kind') === 'ClusterRole',
  );
  return String(role?.getIn(['metadata', 'name']));
}

async function down(directory: string): Promise<void> {
  const end = () => run(program, ['down', '--dir', directory]);
  // It gives up on a process that takes its time, which on a busy machine one does.
  await end().catch(end).catch(end);
  rmSync(directory, { recursive: true, force: true });
}

// A process that was killed cleans nothing up, so another one waits for its end.
function endWith(pid: number, directory: string): void {
  spawn(
    'bash',
    [
      '-c',
      'while kill -0 "$1" 2>/dev/null && [ -d "$2" ]; do sleep 1; done; [ -d "$2" ] && "$3" down --dir "$2"; rm -rf "$2"',
      'end-with',
      String(pid),
      directory,
      program,
    ],
    { detached: true, stdio: 'ignore' },
  ).unref();
}

import { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { processesWith } from './processesWith';

const root = resolve(__dirname, '../../../..');
const main = join(root, 'packages/backend/src/index.ts');

/** Nothing holds a rollout here but what a test is about. */
const standard = {
  apiVersion: 'slipway.dev/v1alpha1',
  kind: 'DeliveryPipeline',
  metadata: { name: 'standard' },
  spec: {
    stages: ['development', 'staging', 'production'].map(name => ({
      name,
      environment: `resource:default/${name}`,
    })),
  },
};

/** What one portal has that others have not. */
interface PortalOptions {
  /** `backend.database`; left out, files in the portal's directory. */
  database?: object;
  /** Entities beside those of the example organisation. */
  entities?: object[];
  /** The one delivery pipeline; left out, one without gates. */
  pipeline?: object;
  /** When nothing changes. */
  windows?: object[];
  /** Another portal whose folder and settings it has, beside it. Needs a database server. */
  replicaOf?: Portal;
}

/** The whole backend as `npm start` runs it, in a process of its own with data of its own, to be killed. */
export class Portal {
  readonly directory: string;
  readonly artifacts: string;
  readonly delivery = new DeliveryClient({
    discoveryApi: { getBaseUrl: async plugin => `${this.url}/api/${plugin}` },
  });
  readonly #options: PortalOptions;
  #port = 0;
  #child?: ChildProcess;

  constructor({ replicaOf, ...options }: PortalOptions = {}) {
    this.#options = { ...(replicaOf && replicaOf.#options), ...options };
    this.directory =
      replicaOf?.directory ?? mkdtempSync(join(tmpdir(), 'slipway-portal-'));
    this.artifacts = join(this.directory, 'artifacts');
  }

  /** Whether its process runs, ready or not. */
  get runs(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && !child.signalCode;
  }

  /** Of its process, once that has ended by itself. */
  get exitCode(): number | null | undefined {
    return this.#child?.exitCode;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it, and answers when it is ready. */
  async start(): Promise<void> {
    if (!this.#port) {
      this.#port = await freePort();
      mkdirSync(this.artifacts, { recursive: true });
      writeFileSync(this.#configFile, this.#config());
      writeFileSync(
        join(this.directory, 'package.json'),
        JSON.stringify({ name: 'portal', private: true }),
      );
      const {
        pipeline = standard,
        windows = [],
        entities = [],
      } = this.#options;
      writeFileSync(
        join(this.directory, 'pipelines.yaml'),
        [pipeline, ...windows].map(one => JSON.stringify(one)).join('\n---\n'),
      );
      writeFileSync(
        join(this.directory, 'entities.yaml'),
        entities.map(entity => JSON.stringify(entity)).join('\n---\n'),
      );
    }
    // Not through this process: when that is killed, a portal that cannot log would log just that, for ever.
    const log = openSync(this.#logFile, 'a');
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('./keepCompiled.cjs'),
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        main,
        '--config',
        join(root, 'app-config.yaml'),
        '--config',
        this.#configFile,
      ],
      {
        // Not where it runs by default: around there Backstage compiles the config schema of each package, for seconds, to
        // know what to leave out of its log.
        cwd: this.directory,
        stdio: ['ignore', log, log],
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          NODE_ENV: 'development',
          SLIPWAY_DATA_DIR: this.directory,
        },
      },
    );
    closeSync(log);
    endWith(process.pid, child.pid);
    this.#child = child;
    const end = Date.now() + 200_000;
    while (!(await this.#ready())) {
      if (!this.runs || Date.now() > end)
        throw new Error(`The portal does not start; see ${this.directory}`);
      await pause(50);
    }
    child.kill('SIGUSR2');
  }

  /** As when the power fails. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As Ctrl-C does. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Everything that runs on behalf of this portal, but itself and its replicas. */
  processes() {
    return processesWith(this.directory).filter(
      ({ command }) => !command.includes(main),
    );
  }

  /** Leaves nothing behind, whatever state it is in. */
  async destroy(): Promise<void> {
    await this.kill();
    for (const { pid } of this.processes()) process.kill(pid, 'SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** A token of one of the example users. */
  async signIn(user: string): Promise<string> {
    const response = await fetch(`${this.url}/api/auth/exampleUsers/refresh`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Requested-With': 'XMLHttpRequest',
      },
      body: JSON.stringify({ userEntityRef: `user:default/${user}` }),
    });
    if (!response.ok) throw new Error(await response.text());
    const { backstageIdentity } = await response.json();
    return backstageIdentity.token;
  }

  /** What it has written so far. */
  log(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  get #logFile(): string {
    return join(this.directory, `portal-${this.#port}.log`);
  }

  get #configFile(): string {
    return join(this.directory, `app-config-${this.#port}.yaml`);
  }

  async #ready(): Promise<boolean> {
    const path = '/.backstage/health/v1/readiness';
    const answer = await fetch(this.url + path).catch(() => undefined);
    return answer?.ok ?? false;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (!this.runs) return;
    const ended = new Promise(done => this.#child?.once('exit', done));
    this.#child?.kill(signal);
    await ended;
  }

  #config(): string {
    return JSON.stringify({
      app: {
        baseUrl: this.url,
        // Nobody looks at the pages here, which it would copy into its database.
        disableConfigInjection: true,
        disableStaticFallbackCache: true,
      },
      backend: {
        baseUrl: this.url,
        listen: { port: this.#port },
        cors: { origin: this.url },
        ...(this.#options.database && { database: this.#options.database }),
      },
      catalog: {
        locations: [
          join(root, 'catalog/all.yaml'),
          this.#options.entities
            ? join(this.directory, 'entities.yaml')
            : join(root, 'templates/all.yaml'),
        ].map(target => ({ type: 'file', target })),
      },
      slipway: {
        repositories: {
          directory: join(this.directory, 'repositories'),
          artifactsDirectory: this.artifacts,
        },
      },
      delivery: {
        pipelines: {
          locations: [
            { type: 'file', target: join(this.directory, 'pipelines.yaml') },
          ],
        },
        local: {
          dataDirectory: join(this.directory, 'delivery-local'),
          artifactRoots: [this.artifacts],
          portRange: { from: 33_000, to: 33_999 },
          // A start takes long where two cores run other tests as well.
          orphanSeconds: 120,
          reloadSeconds: 2,
          terminationGraceSeconds: 3,
        },
      },
    });
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise(done => {
    setTimeout(done, ms);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise(done => {
    server.close(done);
  });
  return port;
}

// A process that was killed ends nothing, so another one waits for that.
function endWith(parent: number, child: number | undefined): void {
  spawn(
    'sh',
    [
      '-c',
      'while kill -0 "$1" && kill -0 "$2"; do sleep 1; done; kill -0 "$1" || kill -9 "$2"',
      'end-with',
      String(parent),
      String(child),
    ],
    { detached: true, stdio: 'ignore' },
  ).unref();
}

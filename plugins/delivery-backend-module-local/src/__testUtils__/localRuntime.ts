import type {
  DeliveryCallContext,
  DeliveryTarget,
  DesiredRelease,
  DesiredState,
} from '@slipway/backstage-plugin-delivery-node';
import type { Observation } from '@slipway/backstage-plugin-delivery-common';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArtifactStore } from '../artifacts/ArtifactStore';
import { directoryArtifact } from '../artifacts/directoryArtifact';
import { npmArtifact } from '../artifacts/npmArtifact';
import { tarballArtifact } from '../artifacts/tarballArtifact';
import { AgentClient } from '../client/AgentClient';
import { AgentProcess } from '../client/AgentProcess';
import { LocalAnalysisProvider } from '../LocalAnalysisProvider';
import { LocalRuntime } from '../LocalRuntime';
import type { LocalSettings } from '../settings';

/** Handed to every call. */
export const context: DeliveryCallContext = {
  signal: AbortSignal.timeout(600_000),
  idempotencyKey: 'test',
};

/** A component in an environment. */
export const target: DeliveryTarget = {
  componentRef: 'component:default/shop',
  environmentRef: 'resource:default/development',
  environmentName: 'development',
  settings: {},
};

// A small server with faults that can be asked for, as any software might have them.
const server = `
const http = require('node:http');
const { VERSION, FAIL_PERCENT = '0', CRASH, NEVER_READY, STUBBORN, SLOW_MS = '0' } = process.env;
if (CRASH) { console.error('no database'); process.exit(3); }
if (STUBBORN) process.on('SIGTERM', () => {});
else process.on('SIGTERM', () => server.close(() => process.exit(0)));
let n = 0;
const server = http.createServer((req, res) => {
  if (req.url === '/env') { res.end(JSON.stringify(process.env)); return; }
  if (req.url === '/healthz') { res.statusCode = NEVER_READY ? 500 : 200; res.end(); return; }
  if (req.url === '/slow') { setTimeout(() => res.end('slow'), 1500); return; }
  if (req.url === '/die') { process.exit(7); }
  n += Number(FAIL_PERCENT);
  if (n >= 100) { n -= 100; res.statusCode = 500; }
  setTimeout(() => res.end(VERSION + ' ' + process.pid), Number(SLOW_MS));
});
server.listen(Number(process.env.PORT), process.env.HOST, () => console.log('listening'));
`;

/** A runtime with an agent of its own in a throw-away folder. */
export class TestLocalRuntime {
  readonly directory = mkdtempSync(join(tmpdir(), 'slipway-local-'));
  readonly root = join(this.directory, 'artifacts');
  readonly settings: LocalSettings;
  readonly sources;
  #generation = 0;

  constructor() {
    mkdirSync(this.root);
    this.settings = {
      agent: {
        dataDirectory: join(this.directory, 'data'),
        socketPath: join(this.directory, 'agent.sock'),
        portRange: ownPorts(),
        orphanSeconds: 60,
        terminationGraceSeconds: 1,
        drainSeconds: 5,
        requestTimeoutSeconds: 2,
        limits: {
          memoryMiB: 200,
          openFiles: 64,
          processes: 8,
          starts: { max: 4, perSeconds: 120 },
        },
        log: {
          maxBytes: 100_000,
          maxTotalBytes: 300_000,
          maxLineLength: 200,
          maxLinesPerSecond: 100,
          maxBytesPerSecond: 20_000,
        },
      },
      artifactRoots: [this.root],
      artifactLimits: { maxFiles: 500, maxMiB: 16 },
      npmCommand: 'npm',
      allowScripts: false,
      reloadSeconds: 1,
    };
    this.sources = {
      npm: npmArtifact(this.settings),
      directory: directoryArtifact([this.root], this.settings.artifactLimits),
      tarball: tarballArtifact([this.root], this.settings.artifactLimits),
    };
  }

  /** As a backend that has just started would see it. */
  connect() {
    const agent = new AgentClient(
      this.settings.agent.socketPath,
      new AgentProcess(this.settings.agent),
    );
    const sources = Object.values(this.sources);
    return {
      agent,
      provider: new LocalAnalysisProvider(agent, Date.now),
      runtime: new LocalRuntime({
        agent,
        artifacts: new ArtifactStore(
          join(this.settings.agent.dataDirectory, 'artifacts'),
          sources,
        ),
        artifactKinds: sources.map(({ kind }) => kind),
        workDirectory: join(this.settings.agent.dataDirectory, 'work'),
      }),
    };
  }

  /** A release of the faulty little server. */
  async release(
    version: string,
    environmentVariables: Record<string, string> = {},
  ): Promise<DesiredRelease> {
    const path = join(this.root, 'server');
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'server.js'), server);
    writeFileSync(
      join(path, 'package.json'),
      JSON.stringify({ scripts: { start: 'node server.js' } }),
    );
    return {
      releaseId: `release-${version}`,
      version,
      artifact: await this.sources.directory.resolve(
        { path },
        { signal: context.signal },
      ),
      environmentVariables: { VERSION: version, ...environmentVariables },
      health: { readiness: { path: '/healthz', periodSeconds: 0.2 } },
    };
  }

  /** A release of software that is one file. */
  async software(
    name: string,
    source: string,
    health: DesiredRelease['health'] = { readiness: { periodSeconds: 0.2 } },
  ): Promise<DesiredRelease> {
    const path = join(this.root, name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'server.js'), source);
    return {
      releaseId: name,
      version: name,
      artifact: await this.sources.directory.resolve(
        { path, command: ['node', 'server.js'] },
        { signal: context.signal },
      ),
      environmentVariables: {},
      health,
    };
  }

  desired(
    versions: Array<[DesiredRelease, replicas: number, weight: number]>,
    rolling?: DesiredState['rolling'],
  ): DesiredState {
    this.#generation += 1;
    return {
      generation: this.#generation,
      versions: versions.map(([release, replicas, weight]) => ({
        release,
        replicas,
        weight,
      })),
      ...(rolling && { rolling }),
    };
  }

  /** Applies again and again until it holds, as the effect of a rollout does. */
  async reach(
    runtime: LocalRuntime,
    desired: DesiredState,
    until: (seen: Observation) => boolean = seen => seen.converged,
    at: DeliveryTarget = target,
  ): Promise<Observation> {
    const end = Date.now() + 25_000;
    for (;;) {
      const seen = await runtime.apply(at, desired, context);
      if (until(seen)) return seen;
      if (Date.now() > end)
        throw new Error(`It stands at ${JSON.stringify(seen, null, 1)}`);
      await pause(50);
    }
  }

  async destroy(): Promise<void> {
    const { agent } = this.connect();
    const hello = await agent.hello();
    if (hello) {
      process.kill(hello.pid, 'SIGTERM');
      await gone(hello.pid);
    }
    rmSync(this.directory, { recursive: true, force: true });
  }
}

// Addresses stay where they are only while nobody else takes their ports, as test files side by side would.
function ownPorts(): { from: number; to: number } {
  const from = 30_000 + 100 * Number(process.env.JEST_WORKER_ID ?? 0);
  return { from, to: from + 99 };
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}

/** Commands of all processes that run in a folder or below it (Linux). */
export function commandsIn(folder: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const inside = readlinkSync(`/proc/${name}/cwd`).startsWith(folder);
        return inside ? [readFileSync(`/proc/${name}/cmdline`, 'utf8')] : [];
      } catch {
        // Has ended meanwhile, or is somebody else's.
        return [];
      }
    });
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until a process has ended. */
export async function gone(pid: number): Promise<void> {
  const end = Date.now() + 20_000;
  while (isRunning(pid)) {
    if (Date.now() > end) throw new Error(`Process ${pid} does not end`);
    await pause(50);
  }
}

/** A steady load; answers what came back. */
export function load(address: string, perSecond: number) {
  const answers: Array<{ status: number; release: string | null }> = [];
  const pending: Promise<void>[] = [];
  const timer = setInterval(() => {
    pending.push(
      fetch(address)
        .then(async response => {
          await response.text();
          answers.push({
            status: response.status,
            release: response.headers.get('x-slipway-release'),
          });
        })
        .catch(() => {
          answers.push({ status: 0, release: null });
        }),
    );
  }, 1000 / perSecond);
  return {
    answers,
    async stop() {
      clearInterval(timer);
      await Promise.all(pending);
      return answers;
    },
  };
}

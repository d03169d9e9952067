import type { InstanceStatus } from '@slipway/backstage-plugin-delivery-common';
import { type ChildProcess, spawn } from 'node:child_process';
import { freePort } from './freePort';
import { HealthProbe } from './HealthProbe';
import type { InstanceLog } from './InstanceLog';
import { identify, type ProcessIdentity, signalGroup } from './processes';
import type { AgentSettings, AgentVersion } from './protocol';

const firstBackoffMs = 500;
const maxBackoffMs = 30_000;
// After running well for this long, earlier crashes no longer count.
const forgiveMs = 60_000;
/** This many ends in a row are a crash loop. */
export const CRASH_LOOP = 3;

/** One running copy of a release: started, watched, restarted with back-off, drained and stopped. */
export class Instance {
  ready = false;
  /** Whether it was ever ready since it was asked for. */
  wasReady = false;
  restarts = 0;
  /** Ends in a row without having run well. */
  crashes = 0;
  message?: string;
  port = 0;
  /** Requests that the proxy has under way here. */
  inFlight = 0;
  stopping = false;
  gone = false;
  startedAt?: number;
  process?: ProcessIdentity;
  #child?: ChildProcess;
  #probes: HealthProbe[] = [];
  #backoff?: NodeJS.Timeout;

  constructor(
    readonly id: string,
    readonly version: AgentVersion,
    private readonly log: InstanceLog,
    private readonly settings: AgentSettings,
    private readonly onChange: () => void,
  ) {}

  async start(): Promise<void> {
    if (this.stopping) return;
    this.port = await freePort();
    // Stopped while a port was being found.
    if (this.stopping) return;
    const { command, cwd, env } = this.version.launch;
    const [file, ...args] = command.map(part =>
      part
        .replaceAll('{port}', String(this.port))
        .replaceAll('{host}', '127.0.0.1'),
    );
    this.startedAt = Date.now();
    this.log.note(`starting ${this.version.version} on port ${this.port}`);
    const child = spawn(file, args, {
      cwd,
      env: {
        ...env,
        PORT: String(this.port),
        HOST: '127.0.0.1',
      },
      // A group of its own, so that whatever it starts ends with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    if (child.stdout) this.log.capture(child.stdout, 'stdout');
    if (child.stderr) this.log.capture(child.stderr, 'stderr');
    child.on('error', error =>
      this.#ended(`cannot be started: ${error.message}`),
    );
    child.on('exit', (code, signal) =>
      this.#ended(signal ? `ended by ${signal}` : `ended with code ${code}`),
    );
    if (child.pid !== undefined) {
      this.process = identify(child.pid);
      this.#watch();
    }
    this.onChange();
  }

  /** Lets requests under way finish, then ends the process, gently first. Resolves when it is gone. */
  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    this.ready = false;
    clearTimeout(this.#backoff);
    for (const probe of this.#probes) probe.stop();
    this.onChange();
    const { drainSeconds, terminationGraceSeconds } = this.settings;
    await until(() => this.inFlight === 0, drainSeconds * 1000);
    const child = this.#child;
    if (child?.pid !== undefined && isRunning(child)) {
      signalGroup(child.pid, 'SIGTERM');
      await until(() => !isRunning(child), terminationGraceSeconds * 1000);
      // Whatever it started goes too, even when it went itself.
      signalGroup(child.pid, 'SIGKILL');
      await until(() => !isRunning(child), 5000);
    }
    this.gone = true;
    this.process = undefined;
    this.log.note('stopped');
    this.onChange();
  }

  /** Ends the process at once, for an agent that has no time left. */
  kill(): void {
    this.stopping = true;
    clearTimeout(this.#backoff);
    for (const probe of this.#probes) probe.stop();
    if (this.#child?.pid !== undefined) signalGroup(this.#child.pid, 'SIGKILL');
  }

  status(): InstanceStatus {
    return {
      id: this.id,
      ready: this.ready,
      restarts: this.restarts,
      ...(this.startedAt && {
        startedAt: new Date(this.startedAt).toISOString(),
      }),
      ...(this.message && { message: this.message }),
    };
  }

  #watch(): void {
    const { readiness, liveness } = this.version.health;
    this.#probes = [
      new HealthProbe({
        port: this.port,
        check: readiness ?? {},
        lenient: readiness === undefined,
        onGood: () => this.#becomeReady(),
        onBad: message => this.#becomeUnready(message),
      }),
    ];
    if (liveness)
      this.#probes.push(
        new HealthProbe({
          port: this.port,
          check: liveness,
          lenient: false,
          onGood: () => {},
          onBad: message => this.#restartDead(message),
        }),
      );
  }

  #becomeReady(): void {
    const runs = Date.now() - (this.startedAt ?? 0);
    if (this.crashes && runs > forgiveMs) this.crashes = 0;
    if (this.ready || this.stopping) return;
    this.ready = true;
    this.wasReady = true;
    this.message = undefined;
    this.onChange();
  }

  #becomeUnready(message: string): void {
    if (this.stopping || (!this.ready && this.message === message)) return;
    this.ready = false;
    this.message = message;
    this.onChange();
  }

  #restartDead(message: string): void {
    if (this.stopping || !this.#child?.pid) return;
    this.log.note(`${message}: restarting`);
    this.message = message;
    this.ready = false;
    signalGroup(this.#child.pid, 'SIGKILL');
  }

  #ended(how: string): void {
    this.process = undefined;
    for (const probe of this.#probes) probe.stop();
    this.ready = false;
    if (this.stopping) {
      this.onChange();
      return;
    }
    const lastWords = this.log.lastError;
    this.message = lastWords ? `${how}: ${lastWords}` : how;
    this.log.note(how);
    this.restarts += 1;
    this.crashes += 1;
    const wait = Math.min(
      firstBackoffMs * 2 ** (this.crashes - 1),
      maxBackoffMs,
    );
    this.#backoff = setTimeout(() => {
      this.start().catch(error => {
        this.message = `cannot be started: ${error}`;
        this.onChange();
      });
    }, wait);
    this.onChange();
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Waits until something holds, or the time is over. */
async function until(holds: () => boolean, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!holds() && Date.now() < end)
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
}

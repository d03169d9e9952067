import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  LogLine,
  Observation,
} from '@slipway/backstage-plugin-delivery-common';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { errorCode } from './errorCode';
import type { Instance, InstanceContext } from './Instance';
import { openFilesWithin } from './limits';
import { endProcess, isAlive, signalGroup } from './processes';
import { sendProbe } from './probe';
import { ProcessTable } from './ProcessTable';
import type {
  AgentDesired,
  AgentSettings,
  LoadReading,
  ProbeRequest,
  RequestNumbers,
  SecondNumbers,
} from './protocol';
import { type AgentState, StateFile } from './StateFile';
import { Target } from './Target';

/** Owns all processes and addresses on this machine, and lives only as long as some backend wants it. */
export class Agent {
  readonly #targets = new Map<string, Target>();
  readonly #state: StateFile;
  #ports: Record<string, number> = {};
  #lease: number;
  #closing = false;
  readonly #since = Date.now();
  /** Whether a wish is not on the disk yet. */
  #unsaved = false;
  readonly #opening = new Map<string, Promise<Target>>();
  readonly #context: InstanceContext;

  constructor(private readonly settings: AgentSettings) {
    const { limits, dataDirectory } = settings;
    this.#context = {
      settings: {
        ...settings,
        limits: { ...limits, openFiles: openFilesWithin(limits.openFiles) },
      },
      processes: new ProcessTable(() => this.#leaders()),
      markPrefix: shortHash(dataDirectory),
    };
    this.#state = new StateFile(join(settings.dataDirectory, 'state.json'));
    this.#lease = Date.now() + settings.orphanSeconds * 1000;
  }

  /** Clears away what a former agent left, and brings back what should run. */
  async restore(): Promise<void> {
    const { targets, processes } = this.#state.read();
    for (const left of processes)
      if (isAlive(left)) signalGroup(left.pid, 'SIGKILL');
    const { markPrefix, processes: table } = this.#context;
    // Where nothing was ever run, nobody needs to look through all processes of the machine.
    const strays = Object.keys(targets).length
      ? await table.marked(`${markPrefix}.`)
      : [];
    for (const { pid } of strays) endProcess(pid);
    for (const [key, { port, desired }] of Object.entries(targets)) {
      this.#ports[key] = port;
      if (desired.versions.length === 0) continue;
      const target = await this.#open(key);
      target.apply(desired);
    }
    await this.#save();
  }

  /** Ends copies that use more than they may; to be called again and again. */
  async checkLimits(): Promise<void> {
    const instances = this.#instances();
    if (!instances.some(({ process: running }) => running)) return;
    await this.#context.processes.scan();
    for (const instance of instances) instance.checkLimits();
  }

  /** A backend is there; everything goes on for at least this many seconds. */
  touch(seconds: number): void {
    if (!this.#closing) this.#lease = Date.now() + seconds * 1000;
  }

  get isOrphaned(): boolean {
    return Date.now() > this.#lease;
  }

  async apply(key: string, desired: AgentDesired): Promise<Observation> {
    const target = this.#targets.get(key) ?? (await this.#opened(key));
    const known = target.desired.generation;
    if (desired.generation < known)
      throw new ConflictError(
        `Generation ${desired.generation} is older than ${known}, which was asked for since`,
      );
    // Asking for the same again changes nothing, so it is not written down again either.
    if (JSON.stringify(target.desired) !== JSON.stringify(desired)) {
      target.apply(desired);
      this.#unsaved = true;
    }
    if (this.#unsaved) await this.#save();
    return target.observe();
  }

  observe(key: string): Observation | undefined {
    return this.#targets.get(key)?.observe();
  }

  numbers(key: string, releaseId: string, since: number): RequestNumbers {
    return this.#target(key).numbers(releaseId, since);
  }

  seconds(key: string, releaseId: string, since: number): SecondNumbers[] {
    return this.#target(key).seconds(releaseId, since);
  }

  load(): LoadReading {
    return {
      since: this.#since,
      at: Date.now(),
      targets: [...this.#targets.values()].map(target => target.load()),
    };
  }

  logs(key: string, releaseId: string, tail: number): LogLine[] {
    return this.#targets.get(key)?.logs(releaseId, tail) ?? [];
  }

  async probe(key: string, request: ProbeRequest): Promise<void> {
    const target = this.#target(key);
    let left = request.count;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        const port = target.readyPort(request.releaseId);
        if (port === undefined)
          throw new NotFoundError('No copy of the release is ready');
        const { latencyMs, failed } = await sendProbe(port, request);
        target.record(request.releaseId, latencyMs, failed);
      }
    };
    await Promise.all(
      Array.from({ length: Math.min(request.concurrency, left) }, worker),
    );
  }

  /** Takes everything down, gently. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#targets.values()].map(item => item.close()));
    this.#state.writeNow({ targets: this.#wishes(), processes: [] });
  }

  /** Takes everything down at once. */
  kill(): void {
    for (const target of this.#targets.values()) target.kill();
    this.#state.writeNow({ targets: this.#wishes(), processes: [] });
  }

  #target(key: string): Target {
    const target = this.#targets.get(key);
    if (!target) throw new NotFoundError(`Nothing runs at ${key}`);
    return target;
  }

  // However many ask for a target at once, it gets one address.
  #opened(key: string): Promise<Target> {
    let opening = this.#opening.get(key);
    if (!opening) {
      opening = this.#open(key).finally(() => this.#opening.delete(key));
      this.#opening.set(key, opening);
    }
    return opening;
  }

  async #open(key: string): Promise<Target> {
    const folder = join(
      this.settings.dataDirectory,
      'targets',
      folderName(key),
    );
    const { from, to } = this.settings.portRange;
    const kept = this.#ports[key];
    const taken = new Set(Object.values(this.#ports));
    const candidates = kept ? [kept] : [];
    for (let port = from; port <= to; port++)
      if (!taken.has(port)) candidates.push(port);
    for (const port of candidates) {
      const target = new Target(key, port, this.#context, folder, () =>
        this.#saveProcesses(),
      );
      try {
        await target.listen();
      } catch (error) {
        target.kill();
        if (isTaken(error)) continue;
        throw error;
      }
      this.#ports[key] = port;
      this.#targets.set(key, target);
      return target;
    }
    throw new ConflictError(
      `No port from ${from} to ${to} is free; widen delivery.local.portRange`,
    );
  }

  // Processes come and go in bursts; one write afterwards is enough, because a lost one is found by its group.
  #pendingSave?: NodeJS.Immediate;
  #saveProcesses(): void {
    this.#pendingSave ??= setImmediate(() => {
      this.#pendingSave = undefined;
      if (this.#closing) return;
      // What runs goes on when the disk is full; it is written again at the next change.
      this.#save().catch(error => {
        process.stderr.write(`${new Date().toISOString()} ${error}\n`);
      });
    });
  }

  async #save(): Promise<void> {
    this.#unsaved = true;
    await this.#state.write({
      targets: this.#wishes(),
      processes: this.#processes(),
    });
    this.#unsaved = false;
  }

  #wishes(): AgentState['targets'] {
    return Object.fromEntries(
      Object.entries(this.#ports).map(([key, port]) => [
        key,
        {
          port,
          desired: this.#targets.get(key)?.desired ?? {
            generation: 0,
            versions: [],
          },
        },
      ]),
    );
  }

  #processes() {
    return [...this.#targets.values()].flatMap(target => target.processes);
  }

  #instances(): Instance[] {
    return [...this.#targets.values()].flatMap(target => [...target.instances]);
  }

  #leaders(): Map<number, string> {
    return new Map(
      this.#instances().flatMap(({ process: leader, mark }) =>
        leader ? [[leader.pid, mark]] : [],
      ),
    );
  }
}

function folderName(key: string): string {
  const readable = key.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60);
  return `${readable}-${shortHash(key)}`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function isTaken(error: unknown): boolean {
  return errorCode(error) === 'EADDRINUSE';
}

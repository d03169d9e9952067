import type { InstanceStatus } from '@slipway/backstage-plugin-delivery-common';
import { freePort } from './freePort';
import { HealthProbe } from './HealthProbe';
import type { InstanceLog } from './InstanceLog';
import { exceeded } from './limits';
import { listening } from './listening';
import type { ProcessIdentity } from './processes';
import { Program } from './Program';
import type { ProcessTable } from './ProcessTable';
import type { AgentSettings, AgentVersion, CopyLoad } from './protocol';
import { Restarts } from './Restarts';

// For so long a release that broke a limit is not well, even when it is ready again.
const brokenLimitMs = 60_000;
// How often it is looked into why a copy is not ready.
const explainMs = 2000;
// The share of its open files from which on they are named as a possible cause.
const nearlyAll = 0.9;

/** What copies share. */
export interface InstanceContext {
  settings: AgentSettings;
  processes: ProcessTable;
  /** What the marks of all processes of this agent begin with. */
  markPrefix: string;
}

/** One running copy of a release: started, watched, restarted with back-off, drained and stopped. */
export class Instance {
  ready = false;
  /** Whether it was ever ready since it was asked for. */
  wasReady = false;
  message?: string;
  port = 0;
  /** Requests that the proxy has under way here. */
  inFlight = 0;
  stopping = false;
  gone = false;
  startedAt?: number;
  readonly #restarts: Restarts;
  #program?: Program;
  #probes: HealthProbe[] = [];
  #backoff?: NodeJS.Timeout;
  /** Why the agent ends it, told when it has ended. */
  #reason?: string;
  #limitBrokenAt?: number;
  #lastEnd?: string;
  #explained = 0;
  #explaining = false;
  #cannotStart = false;

  constructor(
    readonly id: string,
    readonly version: AgentVersion,
    private readonly log: InstanceLog,
    private readonly context: InstanceContext,
    private readonly onChange: () => void,
  ) {
    this.#restarts = new Restarts(context.settings.limits.starts);
  }

  /** By which its processes are known. */
  get mark(): string {
    return `${this.context.markPrefix}.${this.id}`;
  }

  get process(): ProcessIdentity | undefined {
    return this.#program?.identity;
  }

  /** Starts it. When that is not possible, the message says why. */
  async start(): Promise<void> {
    try {
      await this.#start();
    } catch (error) {
      this.#cannotStart = true;
      this.message = `cannot be started: ${error instanceof Error ? error.message : error}`;
      this.log.note(this.message);
    }
    this.onChange();
  }

  async #start(): Promise<void> {
    await this.#program?.cleared();
    this.port = await freePort();
    // Stopped while a port was being found.
    if (this.stopping) return;
    const now = Date.now();
    this.startedAt = now;
    this.#restarts.started(now);
    this.#reason = undefined;
    this.log.lastWords.clear();
    this.log.note(`starting ${this.version.version} on port ${this.port}`);
    this.#program = new Program({
      launch: this.version.launch,
      port: this.port,
      mark: this.mark,
      log: this.log,
      processes: this.context.processes,
      openFiles: this.context.settings.limits.openFiles,
      onExit: () => this.#exited(),
      onEnd: how => this.#ended(how),
    });
    this.#watch();
  }

  /** Lets requests under way finish, then ends the process, gently first. Resolves when it is gone. */
  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    this.ready = false;
    clearTimeout(this.#backoff);
    for (const probe of this.#probes) probe.stop();
    this.onChange();
    const { drainSeconds, terminationGraceSeconds } = this.context.settings;
    const end = Date.now() + drainSeconds * 1000;
    while (this.inFlight > 0 && Date.now() < end)
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
    await this.#program?.end(terminationGraceSeconds * 1000);
    this.gone = true;
    this.log.note('stopped');
    this.onChange();
  }

  /** Ends the process at once, for an agent that has no time left. */
  kill(): void {
    this.stopping = true;
    clearTimeout(this.#backoff);
    for (const probe of this.#probes) probe.stop();
    this.#program?.kill();
  }

  /** Ends it when it uses more than it may. */
  checkLimits(): void {
    if (this.stopping || !this.#program?.identity) return;
    const { processes, settings } = this.context;
    const problem = exceeded(processes.of(this.mark), settings.limits);
    if (!problem) return;
    this.#limitBrokenAt = Date.now();
    this.#end(`${problem}, and was ended`);
  }

  /** Why the release of this copy is not well, in words, when it ends again and again or breaks its limits. */
  get illness(): string | undefined {
    const now = Date.now();
    if (this.#cannotStart) return this.message;
    const broken =
      this.#limitBrokenAt && now - this.#limitBrokenAt < brokenLimitMs;
    const loop = this.#restarts.loop(now);
    if (!broken && !loop) return undefined;
    const times = loop ? ` (${loop} times within 5 min)` : '';
    return `${this.#reason ?? this.#lastEnd ?? 'ended'}${times}`;
  }

  status(): InstanceStatus {
    const message = this.message ?? this.illness;
    return {
      id: this.id,
      ready: this.ready,
      restarts: this.#restarts.count,
      ...(this.startedAt && {
        startedAt: new Date(this.startedAt).toISOString(),
      }),
      ...(message && { message }),
    };
  }

  /** As its processes were last looked at. */
  load(): CopyLoad {
    const { id, ready } = this;
    const members = this.process ? this.context.processes.of(this.mark) : [];
    const sum = (of: 'cpuSeconds' | 'rssBytes') =>
      members.reduce((total, member) => total + member[of], 0);
    return {
      id,
      ready,
      ...(members.length > 0 && {
        cpuSeconds: sum('cpuSeconds'),
        residentBytes: sum('rssBytes'),
      }),
    };
  }

  #watch(): void {
    const { readiness, liveness } = this.version.health;
    const program = this.#program;
    this.#probes = [
      new HealthProbe({
        of: 'readiness',
        port: this.port,
        check: readiness ?? {},
        lenient: readiness === undefined,
        onGood: () => {
          if (!this.ready) void this.#becomeReady(program);
        },
        onBad: message => void this.#becomeUnready(message),
      }),
    ];
    if (liveness)
      this.#probes.push(
        new HealthProbe({
          of: 'liveness',
          port: this.port,
          check: liveness,
          lenient: false,
          onGood: () => {},
          onBad: message => this.#end(`${message}, and was restarted`),
        }),
      );
  }

  async #becomeReady(program: Program | undefined): Promise<void> {
    // That somebody answers says nothing as long as it may be another program.
    const { takenByOther } = await this.#listening();
    if (this.ready || this.stopping || program !== this.#program) return;
    if (takenByOther) {
      this.#end(`another program listens on its port ${this.port}`);
      return;
    }
    this.ready = true;
    this.wasReady = true;
    this.#explained = 0;
    this.message = undefined;
    this.onChange();
  }

  async #becomeUnready(problem: string): Promise<void> {
    const now = Date.now();
    // Looking for the cause takes a while, and is not done again for each bad answer.
    if (this.#explaining || now - this.#explained < explainMs) return;
    this.#explaining = true;
    const { wasReady } = this;
    const message = await this.#explain(problem);
    this.#explaining = false;
    this.#explained = now;
    if (this.stopping || this.wasReady !== wasReady || !this.process) return;
    if (!this.ready && this.message === message) return;
    this.ready = false;
    this.message = message;
    this.log.note(message);
    this.onChange();
  }

  /** What may be behind a bad answer. */
  async #explain(problem: string): Promise<string> {
    const { own, openFiles } = await this.#listening();
    if (!this.wasReady && own.length && !own.includes(this.port))
      return `listens on port ${own.join(', ')}, not on ${this.port} that it was given as PORT; put {port} into its command or arguments`;
    const most = this.context.settings.limits.openFiles;
    return openFiles >= most * nearlyAll
      ? `${problem}; it has ${openFiles} files open, and may have ${most}`
      : problem;
  }

  async #listening() {
    const { processes } = this.context;
    await processes.scan();
    const pids = processes.of(this.mark).map(({ pid }) => pid);
    return listening(pids, this.port);
  }

  #end(reason: string): void {
    if (this.stopping || this.#reason) return;
    this.#reason = reason;
    this.ready = false;
    for (const probe of this.#probes) probe.stop();
    this.#program?.kill();
    this.onChange();
  }

  #exited(): void {
    for (const probe of this.#probes) probe.stop();
    this.ready = false;
    this.onChange();
  }

  #ended(how: string): void {
    if (this.stopping) return;
    const words = this.log.lastWords.text;
    const what = this.#reason ?? (words ? `${how}: ${words}` : how);
    this.log.note(this.#reason ?? how);
    this.#lastEnd = what;
    const { at, tooOften } = this.#restarts.ended(Date.now());
    const { max, perSeconds } = this.context.settings.limits.starts;
    this.message = tooOften
      ? `${what}; it starts too often (${max} times within ${perSeconds} s), so it is left alone until ${new Date(at).toISOString()}`
      : what;
    if (tooOften) this.log.note(this.message);
    this.#backoff = setTimeout(() => void this.start(), at - Date.now());
    this.onChange();
  }
}

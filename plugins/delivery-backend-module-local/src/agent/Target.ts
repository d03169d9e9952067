import type {
  HealthStatus,
  LogLine,
  Observation,
  VersionStatus,
} from '@slipway/backstage-plugin-delivery-common';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Instance, type InstanceContext } from './Instance';
import { LogFolder } from './LogFolder';
import type { ProcessIdentity } from './processes';
import type {
  AgentDesired,
  AgentVersion,
  RequestNumbers,
  SecondNumbers,
  TargetLoad,
} from './protocol';
import { reconcile } from './reconcile';
import { RequestCounters } from './RequestCounters';
import { RequestStats } from './RequestStats';
import { TargetProxy } from './TargetProxy';
import { WeightedRoute } from './WeightedRoute';

// Beside the wake-ups by changes of copies: health that changes with time alone.
const tickMs = 1000;
// A copy that was well is given this long to become well again before the release counts as ill.
const unreadyMs = 5000;

/** A component in an environment: its address, its copies, and the way from what runs to what is desired. */
export class Target {
  #instances: Instance[] = [];
  #desired: AgentDesired = { generation: 0, versions: [] };
  readonly #route = new WeightedRoute(() => this.#instances);
  readonly #proxy: TargetProxy;
  readonly #stats = new Map<string, RequestStats>();
  readonly #counters = new Map<string, RequestCounters>();
  #arrived = 0;
  #refused = 0;
  readonly #logs: LogFolder;
  readonly #illSince = new Map<Instance, number>();
  readonly #tick: NodeJS.Timeout;
  #closing = false;

  constructor(
    readonly key: string,
    readonly port: number,
    private readonly context: InstanceContext,
    folder: string,
    /** Called whenever processes have come or gone. */
    private readonly onProcesses: () => void,
  ) {
    const { log, requestTimeoutSeconds } = context.settings;
    this.#logs = new LogFolder(join(folder, 'logs'), log);
    this.#proxy = new TargetProxy({
      name: key,
      requestTimeoutMs: requestTimeoutSeconds * 1000,
      route: this.#route,
      onArrived: () => {
        this.#arrived += 1;
      },
      onRefused: () => {
        this.#refused += 1;
      },
      onServed: request => {
        this.#statsOf(request.releaseId).record(request);
        this.#countersOf(request.releaseId).record(request);
      },
    });
    this.#tick = setInterval(() => this.#reconcile(), tickMs);
  }

  async listen(): Promise<void> {
    await this.#proxy.listen(this.port);
  }

  get desired(): AgentDesired {
    return this.#desired;
  }

  get instances(): readonly Instance[] {
    return this.#instances;
  }

  get processes(): ProcessIdentity[] {
    return this.#instances.flatMap(({ process }) => (process ? [process] : []));
  }

  apply(desired: AgentDesired): void {
    this.#desired = desired;
    this.#reconcile();
  }

  observe(): Observation {
    const versions = this.#releases().map(version => this.#status(version));
    const undesired = this.#instances.some(
      ({ version }) => !this.#isDesired(version.releaseId),
    );
    const settled = this.#desired.versions.every(
      ({ releaseId, replicas }) =>
        this.#active(releaseId).length === replicas &&
        this.#active(releaseId).every(({ ready }) => ready) &&
        this.#of(releaseId).length === replicas,
    );
    return {
      observedAt: new Date().toISOString(),
      converged: settled && !undesired,
      ...(this.#desired.versions.length > 0 && {
        address: `http://127.0.0.1:${this.port}`,
      }),
      message: this.#message(),
      versions,
    };
  }

  load(): TargetLoad {
    return {
      target: this.key,
      arrived: this.#arrived,
      refused: this.#refused,
      releases: this.#releases().map(({ releaseId, version }) => {
        const instances = this.#of(releaseId);
        const { errors, latency, requests } = this.#countersOf(releaseId);
        return {
          releaseId,
          version,
          requests,
          errors,
          inFlight: instances.reduce((sum, { inFlight }) => sum + inFlight, 0),
          latency,
          copies: instances.map(instance => instance.load()),
        };
      }),
    };
  }

  numbers(releaseId: string, since: number): RequestNumbers {
    return this.#statsOf(releaseId).since(since, Date.now());
  }

  seconds(releaseId: string, since: number): SecondNumbers[] {
    return this.#statsOf(releaseId).perSecond(since, Date.now());
  }

  /** A ready copy of one release, for probes. */
  readyPort(releaseId: string): number | undefined {
    const ready = this.#active(releaseId).filter(instance => instance.ready);
    return ready[Math.floor(Math.random() * ready.length)]?.port;
  }

  record(releaseId: string, latencyMs: number, failed: boolean): void {
    this.#statsOf(releaseId).record({ latencyMs, failed, at: Date.now() });
  }

  logs(releaseId: string, tail: number): LogLine[] {
    return this.#logs.last(releaseId, tail);
  }

  /** Drains and stops all copies, then closes the address. */
  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#tick);
    await Promise.all(this.#instances.map(instance => instance.stop()));
    this.#proxy.close();
  }

  /** Ends everything at once. */
  kill(): void {
    this.#closing = true;
    clearInterval(this.#tick);
    for (const instance of this.#instances) instance.kill();
    this.#proxy.close();
  }

  #reconcile(): void {
    // Each copy that stops reports a change; nothing may be started in its place any more.
    if (this.#closing) return;
    this.#instances = this.#instances.filter(({ gone }) => !gone);
    const plan = reconcile(this.#desired, this.#instances);
    this.#route.setWeights(plan.weights);
    for (const version of plan.start) this.#start(version);
    for (const instance of plan.stop) void instance.stop();
  }

  #start(version: AgentVersion): void {
    const id = randomBytes(4).toString('hex');
    const running = this.#instances.map(instance => instance.id);
    const log = this.#logs.open(version.releaseId, id, running);
    const instance = new Instance(id, version, log, this.context, () => {
      this.onProcesses();
      this.#reconcile();
    });
    this.#instances.push(instance);
    void instance.start();
  }

  #releases(): AgentVersion[] {
    const versions = [...this.#desired.versions];
    for (const { version } of this.#instances)
      if (!versions.some(({ releaseId }) => releaseId === version.releaseId))
        versions.push({ ...version, replicas: 0, weight: 0 });
    return versions;
  }

  #status(version: AgentVersion): VersionStatus {
    const instances = this.#of(version.releaseId);
    const active = instances.filter(({ stopping }) => !stopping);
    const ill = this.#ill(active);
    return {
      releaseId: version.releaseId,
      desiredReplicas: version.replicas,
      replicas: instances.length,
      readyReplicas: active.filter(({ ready }) => ready).length,
      weight: version.weight,
      health: this.#health(version, active, ill !== undefined),
      ...(ill && { message: ill }),
      instances: instances.map(instance => instance.status()),
    };
  }

  #health(
    version: AgentVersion,
    active: Instance[],
    ill: boolean,
  ): HealthStatus {
    if (ill) return 'degraded';
    if (version.replicas === 0 && active.length === 0) return 'stopped';
    const ready = active.filter(instance => instance.ready).length;
    return ready >= version.replicas ? 'healthy' : 'progressing';
  }

  /** Why a release is not well, in words, or `undefined`. */
  #ill(active: Instance[]): string | undefined {
    const now = Date.now();
    for (const instance of active) {
      const { illness } = instance;
      if (illness) return `a copy ${illness}`;
      if (instance.ready || !instance.wasReady) {
        this.#illSince.delete(instance);
        continue;
      }
      const since = this.#illSince.get(instance) ?? now;
      this.#illSince.set(instance, since);
      if (now - since >= unreadyMs)
        return `a copy is no longer well: ${instance.message ?? 'not ready'}`;
    }
    return undefined;
  }

  #message(): string {
    const waiting = this.#instances.find(
      ({ ready, stopping, message }) => !ready && !stopping && message,
    );
    const ready = this.#instances.filter(instance => instance.ready).length;
    const stopping = this.#instances.filter(
      instance => instance.stopping,
    ).length;
    const wanted = this.#desired.versions.reduce(
      (sum, { replicas }) => sum + replicas,
      0,
    );
    const parts = [`${ready} of ${wanted} copies are ready`];
    if (stopping) parts.push(`${stopping} are finishing their requests`);
    if (waiting) parts.push(`${waiting.version.version}: ${waiting.message}`);
    return parts.join('; ');
  }

  #of(releaseId: string): Instance[] {
    return this.#instances.filter(
      ({ version, gone }) => version.releaseId === releaseId && !gone,
    );
  }

  #active(releaseId: string): Instance[] {
    return this.#of(releaseId).filter(({ stopping }) => !stopping);
  }

  #isDesired(releaseId: string): boolean {
    return this.#desired.versions.some(
      version => version.releaseId === releaseId,
    );
  }

  #countersOf(releaseId: string): RequestCounters {
    let counters = this.#counters.get(releaseId);
    if (!counters) {
      counters = new RequestCounters();
      this.#counters.set(releaseId, counters);
    }
    return counters;
  }

  #statsOf(releaseId: string): RequestStats {
    let stats = this.#stats.get(releaseId);
    if (!stats) {
      stats = new RequestStats();
      this.#stats.set(releaseId, stats);
    }
    return stats;
  }
}

import type { Health } from '@slipway/backstage-plugin-delivery-common';

/** Raised when the control protocol changes, so that a backend never talks to an agent of another age. */
export const PROTOCOL_VERSION = 3;

/** How to start one copy of a release. `{port}` and `{host}` in the command stand for what is chosen at the start. */
interface Launch {
  command: string[];
  cwd: string;
  env: Record<string, string>;
}

/** One release in a desired state, as the agent needs it. */
export interface AgentVersion {
  releaseId: string;
  /** For people and the `x-slipway-release` header. */
  version: string;
  replicas: number;
  weight: number;
  launch: Launch;
  health: Health;
}

/** How a target should look. */
export interface AgentDesired {
  generation: number;
  versions: AgentVersion[];
  rolling?: { maxSurge: number; maxUnavailable: number };
}

/** Numbers of one release at one target over a window. Milliseconds. */
export interface RequestNumbers {
  requests: number;
  errors: number;
  /** 0 to 1; null without requests. */
  errorRatio: number | null;
  meanMs: number | null;
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  /** Over the whole window. */
  requestsPerSecond: number;
}

/** Numbers of one release in one whole second. */
export interface SecondNumbers extends RequestNumbers {
  /** When the second began, epoch milliseconds. */
  at: number;
}

/** Upper bounds of the buckets of latencies, in seconds: those that Prometheus' own clients begin with. */
export const latencyBounds = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** How long requests took, added up. */
export interface LatencyHistogram {
  /** Of all requests together. */
  seconds: number;
  /** For each of the bounds how many took no longer. */
  within: number[];
}

/** What one copy uses, with all its processes. What the system does not tell is left out. */
export interface CopyLoad {
  id: string;
  ready: boolean;
  /** Of processor time, since its processes began. */
  cpuSeconds?: number;
  residentBytes?: number;
}

/** Counted since the agent began, of requests that came through the address. */
export interface ReleaseLoad {
  releaseId: string;
  version: string;
  /** That were answered, or failed. A repeat at another copy counts again. */
  requests: number;
  /** Of these, what was answered with 5xx or not at all. */
  errors: number;
  /** Now. */
  inFlight: number;
  latency: LatencyHistogram;
  copies: CopyLoad[];
}

/** Counted since the agent began. */
export interface TargetLoad {
  target: string;
  /** Requests that clients sent to the address, whatever became of them. */
  arrived: number;
  /** Of these, what no copy was ready for. */
  refused: number;
  /** Of which there are copies, or shall be. */
  releases: ReleaseLoad[];
}

/** One reading of all counters. Times are epoch milliseconds. */
export interface LoadReading {
  /** When counting began: readings that differ in it are not to be compared. */
  since: number;
  at: number;
  targets: TargetLoad[];
}

/** Real requests that the agent sends to a release by itself. */
export interface ProbeRequest {
  releaseId: string;
  path: string;
  count: number;
  concurrency: number;
  timeoutSeconds: number;
}

/** How the agent is started; handed over in a file. */
export interface AgentSettings {
  dataDirectory: string;
  socketPath: string;
  portRange: { from: number; to: number };
  /** Without a word from a backend for this long, everything is taken down. */
  orphanSeconds: number;
  terminationGraceSeconds: number;
  drainSeconds: number;
  /** How long a copy may take until its answer begins. */
  requestTimeoutSeconds: number;
  limits: ProcessLimits;
  log: LogLimits;
}

/** What one copy may use. */
export interface ProcessLimits {
  /** Resident memory of all its processes together. */
  memoryMiB: number;
  /** Of each of its processes. */
  openFiles: number;
  processes: number;
  starts: { max: number; perSeconds: number };
}

/** How much of what copies write is kept. */
export interface LogLimits {
  /** Of one copy's file; one older file is kept. */
  maxBytes: number;
  /** Of all files of one component in one environment. */
  maxTotalBytes: number;
  maxLineLength: number;
  /** Of one copy, as are the bytes. */
  maxLinesPerSecond: number;
  maxBytesPerSecond: number;
}

/** Said by the agent about itself. */
export interface AgentHello {
  protocol: number;
  pid: number;
}

import type { ControlledTarget } from './replicaControl';

/** What one replica used, at the instants that were recorded. @public */
export interface UsageSeries {
  replica: string;
  points: Array<{
    /** Milliseconds since the epoch. */
    at: number;
    /** Cores of CPU, bytes of memory. */
    value: number;
  }>;
}

/** What the replicas of one container used. @public */
export interface ContainerUsage {
  container: string;
  /** Means over a step. */
  cpu: UsageSeries[];
  /** The most within a step. */
  memory: UsageSeries[];
  /** In which part of the periods the CPU limit held it down; 0 to 1. Absent when unknown. */
  throttled?: number;
  /** How often it was ended for want of memory. Absent when unknown. */
  outOfMemory?: number;
}

/** @public */
export interface RecordedUsage {
  /** Seconds from one point to the next. */
  stepSeconds: number;
  containers: ContainerUsage[];
}

/** What one replica answered. @public */
export interface ReplicaRequests {
  replica: string;
  /** Absent when unknown. */
  zone?: string;
  /** For so many seconds of the window it was there. */
  seconds: number;
  requests: number;
  /** Those that failed, which are among the requests. */
  errors: number;
}

/**
 * Where it was recorded what replicas used and answered. Errors named `InputError`, `NotAllowedError` or
 * `ServiceUnavailableError` are shown to people in their words.
 *
 * @public
 */
export interface UsageSource {
  /** Unique among sources; lasts over restarts. */
  name: string;
  /** For people. */
  title: string;
  /** `undefined` for targets that it does not know of; then the next source is asked. */
  usage(
    target: ControlledTarget,
    /** Milliseconds since the epoch. */
    window: { from: number; to: number },
    context: { signal: AbortSignal },
  ): Promise<RecordedUsage | undefined>;
  /** Likewise. Left out where requests are not recorded. */
  requests?(
    target: ControlledTarget,
    window: { from: number; to: number },
    context: { signal: AbortSignal },
  ): Promise<ReplicaRequests[] | undefined>;
}

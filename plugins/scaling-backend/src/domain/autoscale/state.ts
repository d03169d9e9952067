/** One metric, measured. */
export interface MetricReading {
  /**
   * The mean of the replicas that were measured, in the unit of the policy's target: percent of the request, or a number
   * for each replica.
   */
  average: number;
  /** Replicas that start and are not in the mean. */
  unready?: number;
  /** Replicas that nobody could measure and that are not in the mean. */
  missing?: number;
}

/** What is known of a workload at an instant. */
export interface LoadSample {
  /** How many it is told to have. Those of them that do not work yet are `unready`. */
  replicas: number;
  /** By the name of the policy's metric. One that could not be measured is left out. */
  metrics: Readonly<Record<string, MetricReading | undefined>>;
}

/** What the next step has to know of those before it; instants are epoch milliseconds. */
export interface AutoscaleState {
  /** How many replicas the load asked for, oldest first. */
  wishes: ReadonlyArray<{ at: number; replicas: number }>;
  /** What was changed, oldest first. */
  changes: ReadonlyArray<{ at: number; from: number; to: number }>;
}

/** Of a workload that was never looked at. */
export const unseen: AutoscaleState = { wishes: [], changes: [] };

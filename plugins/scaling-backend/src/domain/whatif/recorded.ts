import type { Demand } from '../demand';

/** One step of what was recorded; instants are epoch milliseconds. */
interface RecordedStep {
  at: number;
  /** The mean. */
  replicas: number;
  demands: readonly Demand[];
}

/** What was recorded of a target, oldest first. */
export interface Recorded {
  stepSeconds: number;
  steps: readonly RecordedStep[];
}

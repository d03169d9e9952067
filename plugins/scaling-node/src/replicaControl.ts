import type { ScalingDriver } from '@slipway/backstage-plugin-scaling-common';
import type { ScalingEnvironment } from './scalingProvider';

/** A workload of a component in an environment, as it was observed. @public */
export interface ControlledTarget {
  environment: ScalingEnvironment;
  componentRef: string;
  /** As in `ObservedTarget`. */
  workload: string;
}

/** By what the number of replicas is decided, and how. @public */
export interface ReplicaSetting {
  driver: ScalingDriver['kind'];
  /** Of the autoscaler. Absent when fixed. */
  name?: string;
  /** When fixed. */
  replicas?: number;
  /** Of an autoscaler. */
  minReplicas?: number;
  /** Of an autoscaler. */
  maxReplicas?: number;
}

/**
 * Changes how many replicas there are. Errors named `InputError`, `ConflictError` or `NotAllowedError` say that trying
 * again does not help, and their messages are shown to people; others are tried again.
 *
 * @public
 */
export interface ReplicaControl {
  /** As it is set now; nothing where the workload is not there. */
  read(
    target: ControlledTarget,
    context: { signal: AbortSignal },
  ): Promise<ReplicaSetting | undefined>;
  /**
   * Sets it, and keeps to it who else owns it: what is declared elsewhere is refused, naming the owner and the field.
   * `fence` rises with every change that is wanted of a target; it is stamped there, and a write with a lower one than
   * is stamped changes nothing and throws `ConflictError`. The same again changes nothing.
   */
  write(
    target: ControlledTarget,
    /** Nothing: it is only stamped, so that nothing earlier arrives any more. */
    setting: ReplicaSetting | undefined,
    context: {
      fence: number;
      /** Only find out whether it would be refused. */
      dryRun?: boolean;
      signal: AbortSignal;
    },
  ): Promise<void>;
}

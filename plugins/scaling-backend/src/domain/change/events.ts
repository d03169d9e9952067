import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';
import type {
  AppliedLimits,
  AskedChange,
  ChangeEnd,
  ChangeOutcome,
} from './state';

/** What happened, epoch milliseconds in `at`. */
export type ChangeEvent = { at: number } & (
  | { type: 'change.asked'; asked: AskedChange }
  /** It is known how it was set, and how it is to be. */
  | {
      type: 'change.prepared';
      before: ReplicaSetting;
      wanted: ReplicaSetting;
      /** What this change and those it took the place of set. */
      ours: ReplicaSetting[];
    }
  /** Everybody who has to has agreed, and a window is open. */
  | { type: 'change.admitted' }
  /** A policy has taken its place; it is known how it was set before there was one. */
  | { type: 'change.placed'; before: ReplicaSetting; order: number }
  /** The limits of a policy for the time that begins. */
  | { type: 'change.limited'; limits: AppliedLimits }
  /** The present step waits. */
  | { type: 'change.held'; reason: string; rolloutId?: string }
  | { type: 'change.applied' }
  /** It is over, and is put back. */
  | { type: 'change.ending'; end: ChangeEnd }
  | { type: 'change.stuck'; reason: string }
  | { type: 'change.retried' }
  /** Nothing more is done. */
  | { type: 'change.ended'; end: ChangeEnd; outcome: ChangeOutcome }
);

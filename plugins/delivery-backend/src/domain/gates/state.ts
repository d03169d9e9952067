import type {
  GateStatus,
  RolloutGates,
} from '@slipway/backstage-plugin-delivery-common';
import type { GateFacts } from './facts';

/** One vote as it was cast. Instants are epoch milliseconds. */
export interface CastVote {
  by: string;
  /** Whose vote it is, when that is somebody else's. */
  onBehalfOf?: string;
  /** Every group of whose vote it is, nested ones too, at the time of the vote. */
  groups: string[];
  decision: 'approve' | 'reject';
  comment?: string;
  at: number;
}

/** What somebody did who went past closed gates. */
interface UsedBreakGlass {
  by: string;
  reason: string;
  at: number;
}

/** The gates of one rollout, folded from its events. */
export interface GatesState {
  status: RolloutGates['status'];
  facts: GateFacts;
  requestedBy: string;
  requestedAt: number;
  /** Since when approvals are asked for this subject; starts anew when they become void. */
  askedAt: number;
  decidedAt?: number;
  votes: CastVote[];
  voided: Array<{ at: number; reason: string; votes: CastVote[] }>;
  breakGlass?: UsedBreakGlass;
  /** Of one of several rollouts that a promotion lets begin in order. */
  turn?: 'waiting' | 'come';
  /** The rollout that has the target, while that is all that is waited for. */
  busyWith?: string;
  /** How each gate stood when something last happened. */
  items: GateStatus[];
  /** Set while a look is wanted. */
  due: boolean;
  /** How often was looked; a part of effects' keys. */
  looks: number;
  /** When was last looked. */
  lookedAt: number;
}

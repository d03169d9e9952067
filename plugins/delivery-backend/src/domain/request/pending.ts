import type { Pending, RunStatus } from '@slipway/workflow-engine';
import { expiresAt } from '../gates/approval';
import type { RequestState } from './state';

const ends = {
  passed: 'succeeded',
  rejected: 'failed',
  expired: 'failed',
  withdrawn: 'cancelled',
} as const satisfies Record<string, RunStatus['kind']>;

/** What should be pending in a state: an end to the waiting, and nothing else. Pure. */
export function pendingOf({ ballot, reason }: RequestState): Pending<never> {
  if (ballot.status !== 'waiting')
    return {
      effects: [],
      timers: {},
      status: { kind: ends[ballot.status], ...(reason && { detail: reason }) },
    };
  const expiry = expiresAt(ballot);
  return {
    effects: [],
    timers: expiry === undefined ? {} : { expiry },
    status: { kind: 'waiting', wait: 'approval' },
  };
}

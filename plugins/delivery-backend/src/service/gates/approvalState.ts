import type { Approval } from '@slipway/backstage-plugin-delivery-common';
import type { Ballot } from '../../domain/gates/Ballot';

/** A ballot's status in the words of the inbox. */
export const approvalState = {
  waiting: 'pending',
  passed: 'approved',
  rejected: 'rejected',
  expired: 'expired',
  withdrawn: 'withdrawn',
} as const satisfies Record<Ballot['status'], Approval['state']>;

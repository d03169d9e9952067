import type {
  AskApprovalRequest,
  WindowException,
} from '@slipway/backstage-plugin-delivery-common';
import type { Ballot } from '../gates/Ballot';

/** What an approval lets through, where it is about windows. */
type AskedException = Pick<
  WindowException,
  'componentRef' | 'environmentRef' | 'from' | 'until' | 'reason' | 'windows'
>;

/** A request for approval as it is asked. */
export interface AskedApproval extends AskApprovalRequest {
  requestedBy: string;
  /** The plugin that asked, for itself or for that person. */
  askedThrough?: string;
  exception?: AskedException;
}

/** A request for approval, folded from its events. */
export interface RequestState {
  asked: AskedApproval;
  ballot: Ballot;
  /** Why it was withdrawn, where that was said. */
  reason?: string;
}

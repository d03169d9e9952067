import type { RecordedEvent } from '@slipway/workflow-engine';
import { invited } from '../domain/gates/approval';
import type { RequestEvent } from '../domain/request/events';
import type { RequestState } from '../domain/request/state';
import { approvalNotice, type Notice } from './Notice';

/** The events of requests for approval that people may have to hear of. */
export const noticedRequestEvents = [
  'request.asked',
  'request.closed',
] satisfies Array<RequestEvent['type']>;

const ends = {
  passed: 'Approved',
  rejected: 'Rejected',
  expired: 'Expired',
} as const;

/** Whom an event concerns, and what to tell them; nothing when nobody waits for it. Pure. */
export function requestNotice(
  event: RecordedEvent<RequestEvent>,
  { asked, ballot }: RequestState,
): Notice | undefined {
  if (event.data.type === 'request.asked') {
    if (ballot.status !== 'waiting') return undefined;
    const { approvers, excluded } = invited(ballot);
    return approvalNotice(event, {
      to: approvers,
      except: excluded,
      words: {
        title: `Approve ${asked.title}?`,
        description: `${asked.requestedBy} asks`,
      },
    });
  }
  if (event.data.type !== 'request.closed' || event.data.as === 'withdrawn')
    return undefined;
  const { as } = event.data;
  const comment = ballot.votes.find(
    ({ decision }) => decision === 'reject',
  )?.comment;
  return approvalNotice(event, {
    to: [ballot.requestedBy],
    except: [],
    words: {
      title: `${ends[as]}: ${asked.title}`,
      ...(comment && { description: comment }),
      ...(as !== 'passed' && { severity: 'high' }),
    },
  });
}

import type { RecordedEvent } from '@slipway/workflow-engine';
import { invited } from '../domain/gates/approval';
import type { RolloutDomainEvent } from '../domain/rollout/events';
import type { RolloutState } from '../domain/rollout/state';
import { approvalNotice, type Notice, type NoticeWords } from './Notice';
import { breakGlassAudience } from './reviewNotice';

/** The events that people may have to hear of. */
export const noticedEvents = [
  'rollout.started',
  'gates.voided',
  'gates.broken',
  'gates.passed',
  'gates.closed',
] satisfies Array<RolloutDomainEvent['type']>;

/** Whom an event concerns, and what to tell them; nothing when nobody waits for it. Pure. */
export function gateNotice(
  event: RecordedEvent<RolloutDomainEvent>,
  state: RolloutState,
  ownerRef: string | undefined,
): Notice | undefined {
  const { gates, request } = state;
  if (!gates) return undefined;
  const { approvers, excluded } = invited(gates);
  const what = `${request.target.componentTitle} ${request.release.version} to ${request.target.environmentName}`;
  const notice = (to: string[], except: string[], words: NoticeWords) =>
    approvalNotice(event, { to, except, words });

  switch (event.data.type) {
    case 'rollout.started':
    case 'gates.voided':
      return gates.status === 'waiting'
        ? notice(approvers, excluded, {
            title: `Approve ${what}?`,
            description:
              event.data.type === 'gates.voided'
                ? `${event.data.reason}; approvals until then are void`
                : `${request.requestedBy} asks${request.reason ? `: ${request.reason}` : ''}`,
          })
        : undefined;
    case 'gates.broken':
      return approvalNotice(event, {
        ...breakGlassAudience(gates, ownerRef, event.data.by),
        words: {
          title: `Break-glass: ${what}`,
          description: `${event.data.by}: ${event.data.reason}. It has to be reviewed.`,
          severity: 'critical',
        },
      });
    case 'gates.passed':
      return gates.breakGlass || event.version <= 2
        ? undefined
        : notice([gates.requestedBy], [], { title: `Begins: ${what}` });
    case 'gates.closed':
      return event.data.as === 'withdrawn'
        ? undefined
        : notice([gates.requestedBy], [], {
            title: `${event.data.as === 'rejected' ? 'Rejected' : 'Expired'}: ${what}`,
            ...(state.message && { description: state.message }),
            severity: 'high',
          });
    default:
      return undefined;
  }
}

import { heldInWords } from '../windows/inWords';
import type { RolloutDomainEvent } from './events';
import { copies, stepTitle } from './plan';
import type { PlannedStep } from './state';

const closedWords = {
  rejected: 'The rollout was rejected',
  expired: 'Nobody approved it in time',
  withdrawn: 'The request was withdrawn',
};

/** What happened, in words for a timeline. `plan` is the rollout's. */
export function describe(
  event: RolloutDomainEvent,
  plan: PlannedStep[],
): string {
  switch (event.type) {
    case 'rollout.started': {
      const { kind, release, previous, target } = event.request;
      if (kind === 'scale')
        return `${copies(event.request.replicas)} of ${release.version} in ${target.environmentName} instead of ${event.request.previousReplicas} were asked for`;
      const verb = kind === 'rollback' ? 'Rollback' : 'Rollout';
      const from = previous ? ` from ${previous.version}` : '';
      return `${verb} to ${release.version}${from} in ${target.environmentName} was asked for`;
    }
    case 'gates.due':
      return 'Gates are looked at again';
    case 'gates.looked':
      return event.busyWith === undefined
        ? 'Gates were looked at'
        : `Waiting for rollout ${event.busyWith}, which is under way there`;
    case 'gates.voted':
      return describeVote(event.vote);
    case 'gates.voteWithdrawn':
      return `${event.by} took their vote back`;
    case 'gates.voided':
      return `${event.reason}; approvals until then are void`;
    case 'gates.broken':
      return `Break-glass by ${event.by}: ${event.reason}`;
    case 'gates.turn':
      return 'The promotion lets it begin';
    case 'gates.windows':
      return event.windows.open
        ? 'Changes are allowed again'
        : heldInWords(event.windows);
    case 'gates.passed':
      return 'All gates are open';
    case 'gates.closed':
      return closedWords[event.as];
    case 'rollout.begun':
      return 'The rollout begins';
    case 'step.due':
      return `${title(plan, event.index)}: to begin`;
    case 'step.started':
      return `${title(plan, event.index)}: started`;
    case 'step.finished':
      return `${title(plan, event.index)}: ${event.status}${event.message ? `, ${event.message}` : ''}`;
    case 'step.ran':
      return event.message ?? `${title(plan, event.index)}: under way`;
    case 'target.observed':
      return describeObservation(event.observation);
    case 'metric.measured': {
      const { verdict, value, message } = event.measurement;
      const number = value === undefined ? '' : ` ${rounded(value)}`;
      return `${event.metric}${number}: ${verdict}${message ? `, ${message}` : ''}`;
    }
    case 'analysis.inconclusive':
    case 'attention.needed':
    case 'rollout.succeeded':
    case 'rollout.rolledBack':
      return event.message;
    case 'rollout.aborted':
      return plan[0]?.kind === 'resize'
        ? event.message
        : `${event.message}; the release before runs`;
    case 'rollout.paused':
      return 'Paused';
    case 'rollout.resumed':
      return 'Resumed';
    case 'rollout.promoted':
      return event.skipTo === undefined
        ? 'Promoted to the next step'
        : 'Promoted fully; the remaining steps are skipped';
    case 'rollout.retried':
      return 'Tried again';
    case 'rollback.started':
      return `Taking it back. ${event.message}`;
    default:
      return assertNever(event);
  }
}

function describeVote(
  vote: Extract<RolloutDomainEvent, { type: 'gates.voted' }>['vote'],
): string {
  const who = vote.onBehalfOf ? `${vote.by} for ${vote.onBehalfOf}` : vote.by;
  const did = vote.decision === 'approve' ? 'approved' : 'rejected';
  return `${who} ${did} it${vote.comment ? `: ${vote.comment}` : ''}`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function title(plan: PlannedStep[], index: number): string {
  return plan[index] ? stepTitle(plan[index]) : `Step ${index + 1}`;
}

function describeObservation(
  observation: Extract<
    RolloutDomainEvent,
    { type: 'target.observed' }
  >['observation'],
): string {
  if (observation.message) return observation.message;
  const ready = observation.versions
    .map(version => `${version.readyReplicas}/${version.desiredReplicas}`)
    .join(' and ');
  return ready ? `${ready} copies are ready` : 'Nothing runs';
}

function assertNever(event: never): never {
  throw new TypeError(`Unknown event ${JSON.stringify(event)}`);
}

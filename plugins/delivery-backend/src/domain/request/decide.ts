import { ConflictError, InputError } from '@backstage/errors';
import { jsonDigest } from '@slipway/backstage-plugin-slipway-node';
import {
  type DecideContext,
  type Decision,
  decisionBetween,
  Story,
} from '@slipway/workflow-engine';
import { approvalProgress, expiresAt } from '../gates/approval';
import { assertCounts, assertOpen, assertVoted } from '../gates/vote';
import type { AnyRequestCommand } from './commands';
import type { RequestEvent } from './events';
import { evolve } from './evolve';
import { pendingOf } from './pending';
import type { RequestState } from './state';

type RequestStory = Story<RequestState, RequestEvent>;

/** What a request for approval does about a command. Pure. */
export function decide(
  state: RequestState | undefined,
  command: AnyRequestCommand,
  { now }: Pick<DecideContext, 'now'>,
): Decision<RequestEvent, never> {
  const story: RequestStory = new Story(state, now, evolve);
  const after = tell(story, command);
  return decisionBetween(state && pendingOf(state), pendingOf(after), {
    events: story.events,
    command,
  });
}

function tell(story: RequestStory, command: AnyRequestCommand): RequestState {
  const { now, state } = story;
  if (command.type === 'ask') {
    if (state) throw new ConflictError('This was asked already');
    const {
      askedThrough: _plugin,
      requestedBy: _requestedBy,
      ...subject
    } = command.asked;
    return story.add({
      type: 'request.asked',
      asked: command.asked,
      subjectDigest: jsonDigest(subject),
    });
  }
  if (!state) throw new InputError(`A request begins with 'ask'`);
  const { ballot } = state;
  switch (command.type) {
    case 'vote': {
      assertCounts(ballot, command, now);
      const voted = story.add({ type: 'request.voted', vote: command.vote });
      if (command.vote.decision === 'reject')
        return story.add({ type: 'request.closed', as: 'rejected' });
      return approvalProgress(voted.ballot).every(({ met }) => met)
        ? story.add({ type: 'request.closed', as: 'passed' })
        : voted;
    }
    case 'withdrawVote':
      assertVoted(ballot, command.by, now);
      return story.add({ type: 'request.voteWithdrawn', by: command.by });
    case 'withdraw':
      assertOpen(ballot, now);
      return story.add({
        type: 'request.closed',
        as: 'withdrawn',
        ...(command.reason && { reason: command.reason }),
      });
    case 'timer.fired':
      return isOver(state, now)
        ? story.add({ type: 'request.closed', as: 'expired' })
        : state;
    default:
      throw new InputError(`Unknown command ${command.type}`);
  }
}

function isOver({ ballot }: RequestState, now: number): boolean {
  const until = expiresAt(ballot);
  return ballot.status === 'waiting' && until !== undefined && now >= until;
}

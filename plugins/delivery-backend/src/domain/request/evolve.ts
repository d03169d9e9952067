import type { RequestEvent } from './events';
import type { RequestState } from './state';

/** A request for approval after one more event. Pure. */
export function evolve(
  state: RequestState | undefined,
  event: RequestEvent,
): RequestState {
  if (event.type === 'request.asked') {
    const { asked, at, subjectDigest } = event;
    return {
      asked,
      ballot: {
        status: 'waiting',
        facts: {
          subject: { digest: subjectDigest },
          gates: [{ approval: asked.approval }],
          // Whatever it is about, whoever asks does not agree to it unless the request says so.
          tier: 'production',
          authors: [],
        },
        requestedBy: asked.requestedBy,
        requestedAt: at,
        askedAt: at,
        votes: [],
      },
    };
  }
  if (!state) throw new TypeError(`${event.type} before request.asked`);
  const { ballot } = state;
  switch (event.type) {
    case 'request.voted':
      return {
        ...state,
        ballot: {
          ...ballot,
          votes: [...ballot.votes, { ...event.vote, at: event.at }],
        },
      };
    case 'request.voteWithdrawn':
      return {
        ...state,
        ballot: {
          ...ballot,
          votes: ballot.votes.filter(({ by }) => by !== event.by),
        },
      };
    default:
      return {
        ...state,
        ballot: { ...ballot, status: event.as, decidedAt: event.at },
        ...(event.reason && { reason: event.reason }),
      };
  }
}

import { allOpen, evaluate } from './evaluate';
import type { GateEvent } from './events';
import type { GateFacts } from './facts';
import type { GatesState } from './state';

type Unjudged = Omit<GatesState, 'items'>;

/** The gates of a rollout that is just being asked for. */
export function askGates(
  facts: GateFacts,
  asked: { by: string; at: number; inTurn?: boolean },
): GatesState {
  return judged(
    {
      status: 'waiting',
      facts,
      requestedBy: asked.by,
      requestedAt: asked.at,
      askedAt: asked.at,
      votes: [],
      voided: [],
      ...(asked.inTurn && { turn: 'waiting' as const }),
      due: false,
      looks: 0,
      lookedAt: asked.at,
    },
    asked.at,
  );
}

/** The gates after one more event. Pure. */
export function evolveGates(
  state: GatesState,
  event: GateEvent & { at: number },
): GatesState {
  return judged(apply(state, event), event.at);
}

/** Whether all that is known lets the rollout begin. */
export function isReady(state: GatesState): boolean {
  return (
    state.status === 'waiting' &&
    allOpen(state.items.filter(({ kind }) => kind !== 'target'))
  );
}

function judged(state: Unjudged, now: number): GatesState {
  return { ...state, items: evaluate(state, now) };
}

function apply(state: GatesState, event: GateEvent & { at: number }): Unjudged {
  switch (event.type) {
    case 'gates.due':
      return { ...state, due: true };
    case 'gates.looked':
      return {
        ...state,
        due: false,
        facts: event.facts,
        busyWith: event.busyWith,
        looks: state.looks + 1,
        lookedAt: event.at,
      };
    case 'gates.voted':
      return {
        ...state,
        votes: [...state.votes, { ...event.vote, at: event.at }],
        looks: state.looks + 1,
      };
    case 'gates.voteWithdrawn':
      return {
        ...state,
        votes: state.votes.filter(({ by }) => by !== event.by),
        looks: state.looks + 1,
      };
    case 'gates.voided':
      return {
        ...state,
        due: false,
        busyWith: undefined,
        facts: event.facts,
        votes: [],
        voided: [
          ...state.voided,
          { at: event.at, reason: event.reason, votes: state.votes },
        ],
        askedAt: event.at,
        looks: state.looks + 1,
        lookedAt: event.at,
      };
    case 'gates.broken':
      return {
        ...state,
        due: true,
        breakGlass: { by: event.by, reason: event.reason, at: event.at },
        looks: state.looks + 1,
      };
    case 'gates.turn':
      return { ...state, turn: 'come', looks: state.looks + 1 };
    case 'gates.passed':
      return {
        ...state,
        status: 'passed',
        decidedAt: event.at,
        busyWith: undefined,
      };
    case 'gates.closed':
      return { ...state, status: event.as, decidedAt: event.at };
    case 'gates.windows':
      return { ...state, facts: { ...state.facts, windows: event.windows } };
    default:
      return assertNever(event);
  }
}

function assertNever(event: never): never {
  throw new TypeError(`Unknown event ${JSON.stringify(event)}`);
}

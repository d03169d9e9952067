import type {
  ApprovalGate,
  ApprovalProgress,
  Tier,
} from '@slipway/backstage-plugin-delivery-common';
import { durationMs } from '@slipway/backstage-plugin-slipway-node';
import { assignPeople } from './assignPeople';
import type { Ballot } from './Ballot';
import type { CastVote } from './state';

const defaultExpiryMs = 7 * 24 * 3_600_000;

/** One agreement that is needed: from anybody of a group, or from one person. */
interface Seat {
  gate: number;
  group?: string;
  person?: string;
  excluded: ReadonlySet<string>;
}

/** Whose vote it is. */
export function voterOf(vote: Pick<CastVote, 'by' | 'onBehalfOf'>): string {
  return vote.onBehalfOf ?? vote.by;
}

/** The approval gates among the gates, in order. */
export function approvalGates(
  facts: Pick<Ballot['facts'], 'gates'>,
): ApprovalGate[] {
  return facts.gates.flatMap(({ approval }) => approval ?? []);
}

/** Who may not agree to a gate, because they asked for it or wrote it. */
function excludedFrom(
  gate: ApprovalGate,
  asked: Pick<Ballot, 'requestedBy' | 'facts'>,
): string[] {
  const byDefault = asked.facts.tier === ('production' satisfies Tier);
  return [
    ...new Set([
      ...((gate.excludeRequester ?? byDefault) ? [asked.requestedBy] : []),
      ...((gate.excludeAuthors ?? byDefault) ? asked.facts.authors : []),
    ]),
  ];
}

/** When the request for approval ends, epoch milliseconds. The shortest of its gates counts. */
export function expiresAt(
  state: Pick<Ballot, 'facts' | 'askedAt'>,
): number | undefined {
  const limits = approvalGates(state.facts).map(({ expiresAfter }) =>
    expiresAfter === undefined ? defaultExpiryMs : durationMs(expiresAfter),
  );
  return limits.length ? state.askedAt + Math.min(...limits) : undefined;
}

function seatsOf(state: Ballot): Seat[] {
  return approvalGates(state.facts).flatMap((gate, index) => {
    const excluded = new Set(excludedFrom(gate, state));
    return [
      ...(gate.approvers ?? []).map(person => ({
        gate: index,
        person,
        excluded,
      })),
      ...(gate.rules ?? []).flatMap(({ group, atLeast }) =>
        Array.from({ length: atLeast }, () => ({
          gate: index,
          group,
          excluded,
        })),
      ),
    ];
  });
}

function fits(
  seat: Seat,
  vote: Pick<CastVote, 'by' | 'onBehalfOf' | 'groups'>,
) {
  const voter = voterOf(vote);
  // Whoever votes for somebody else is still the person who asked, or wrote it.
  if (seat.excluded.has(voter) || seat.excluded.has(vote.by)) return false;
  return seat.person === undefined
    ? vote.groups.includes(String(seat.group))
    : seat.person === voter;
}

/** Why a vote cannot count for any gate, or nothing when it can. */
export function ineligible(
  state: Ballot,
  vote: Pick<CastVote, 'by' | 'onBehalfOf' | 'groups'>,
): string | undefined {
  const seats = seatsOf(state);
  if (seats.some(seat => fits(seat, vote))) return undefined;
  const unbarred = seats.some(seat =>
    fits({ ...seat, excluded: new Set() }, vote),
  );
  if (unbarred)
    return state.requestedBy === vote.by || state.requestedBy === voterOf(vote)
      ? 'Whoever asks for this may not approve it'
      : 'Authors of the release may not approve it';
  const who = new Set(seats.map(({ group, person }) => person ?? group));
  return `Only ${[...who].join(', ')} may vote on this`;
}

/**
 * How far each approval gate is. A person counts once, in one place: votes are given to what is needed so that as much
 * as possible is met.
 */
export function approvalProgress(
  state: Ballot,
): Array<{ met: boolean; progress: ApprovalProgress }> {
  const seats = seatsOf(state);
  const votes = state.votes.filter(({ decision }) => decision === 'approve');
  const taken = assignPeople(
    seats.map(seat =>
      votes.flatMap((vote, index) => (fits(seat, vote) ? [index] : [])),
    ),
  );
  const until = expiresAt(state);
  return approvalGates(state.facts).map((gate, index) => {
    const mine = seats.map((seat, at) => ({ seat, given: taken[at] }));
    const ofGate = mine.filter(({ seat }) => seat.gate === index);
    return {
      met: ofGate.every(({ given }) => given !== undefined),
      progress: {
        rules: (gate.rules ?? []).map(({ group, atLeast }) => ({
          group,
          atLeast,
          given: ofGate.filter(
            ({ seat, given }) => seat.group === group && given !== undefined,
          ).length,
        })),
        approvers: (gate.approvers ?? []).map(ref => ({
          ref,
          given: ofGate.some(
            ({ seat, given }) => seat.person === ref && given !== undefined,
          ),
        })),
        votes: state.votes.map(voteView),
        excluded: excludedFrom(gate, state),
        requireComment: gate.requireComment ?? false,
        ...(until !== undefined && {
          expiresAt: new Date(until).toISOString(),
        }),
      },
    };
  });
}

/** A vote as the API shows it. */
export function voteView({ by, onBehalfOf, decision, comment, at }: CastVote) {
  return {
    by,
    ...(onBehalfOf && { onBehalfOf }),
    decision,
    ...(comment && { comment }),
    at: new Date(at).toISOString(),
  };
}

/** Groups and people who may vote at all, and who of them may not. For the inbox. */
export function invited(state: Ballot): {
  approvers: string[];
  excluded: string[];
} {
  const gates = approvalGates(state.facts);
  const approvers = gates.flatMap(({ rules = [], approvers: named = [] }) => [
    ...rules.map(({ group }) => group),
    ...named,
  ]);
  // Who is excluded from one gate only can still be asked about another.
  const [first = [], ...others] = gates.map(gate => excludedFrom(gate, state));
  return {
    approvers: [...new Set(approvers)],
    excluded: first.filter(ref => others.every(list => list.includes(ref))),
  };
}

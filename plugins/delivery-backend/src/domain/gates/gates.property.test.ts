import type { ApprovalGate } from '@slipway/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { gateFacts, subject } from '../../__testUtils__/gateFacts';
import { RolloutRehearsal } from '../../__testUtils__/RolloutRehearsal';
import { rolloutRequest } from '../../__testUtils__/rolloutRequests';
import type { RolloutDomainEvent } from '../rollout/events';
import type { GateFacts } from './facts';
import type { CastVote } from './state';

const people = ['ana', 'ben', 'eva', 'dmitri', 'ines', 'omar'].map(
  name => `user:default/${name}`,
);
const groups = ['release-managers', 'security', 'owners'].map(
  name => `group:default/${name}`,
);
const requester = people[0];
const minute = 60_000;

interface Case {
  gates: ApprovalGate[];
  /** The groups of each person; a nested group is just one more of them. */
  membership: string[][];
  authors: string[];
}

type Move =
  | { type: 'vote'; by: number; as: number; reject: boolean; seen: boolean }
  | { type: 'withdraw'; by: number }
  | { type: 'change' }
  | { type: 'freeze'; open: boolean }
  | { type: 'wait'; minutes: number }
  | { type: 'look'; free: boolean };

const person = fc.nat({ max: people.length - 1 });
const gate: fc.Arbitrary<ApprovalGate> = fc.record({
  rules: fc.array(
    fc.record({
      group: fc.constantFrom(...groups),
      atLeast: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  approvers: fc.uniqueArray(fc.constantFrom(...people), { maxLength: 1 }),
  expiresAfter: fc.constantFrom('10m', '1h'),
  excludeRequester: fc.option(fc.boolean(), { nil: undefined }),
  excludeAuthors: fc.option(fc.boolean(), { nil: undefined }),
});
const cases: fc.Arbitrary<Case> = fc.record({
  gates: fc.array(gate, { minLength: 1, maxLength: 2 }),
  membership: fc.array(fc.subarray(groups), {
    minLength: people.length,
    maxLength: people.length,
  }),
  authors: fc.subarray(people, { maxLength: 2 }),
});
const vote = fc.record({
  type: fc.constant('vote' as const),
  by: person,
  as: person,
  reject: fc.integer({ min: 0, max: 19 }).map(n => n === 0),
  seen: fc.integer({ min: 0, max: 9 }).map(n => n > 0),
});
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: vote },
    // Without anybody voting for somebody else, so that enough cases end well.
    { weight: 6, arbitrary: vote.map(one => ({ ...one, as: one.by })) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('withdraw' as const),
        by: person,
      }),
    },
    { weight: 1, arbitrary: fc.constant({ type: 'change' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('freeze' as const),
        open: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('wait' as const),
        minutes: fc.constantFrom(1, 4, 8, 12),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('look' as const),
        free: fc.integer({ min: 0, max: 3 }).map(n => n > 0),
      }),
    },
  ),
  { minLength: 5, maxLength: 60 },
);

/** Plays a case; what is refused is skipped, as people would see an error and go on. */
function play({ gates, membership, authors }: Case, steps: Move[]) {
  let world: GateFacts = gateFacts(
    gates.map(approval => ({ approval })),
    { authors, windows: { open: true, because: [] } },
  );
  let changes = 0;
  const rollout = new RolloutRehearsal();
  rollout.command({
    type: 'start',
    request: rolloutRequest({ rolling: {} }, { requestedBy: requester }),
    gates: world,
  });
  for (const move of steps) {
    if (rollout.status.kind !== 'running' && rollout.status.kind !== 'waiting')
      break;
    try {
      switch (move.type) {
        case 'vote':
          rollout.command({
            type: 'vote',
            vote: {
              by: people[move.by],
              ...(move.as !== move.by && { onBehalfOf: people[move.as] }),
              groups: membership[move.as],
              decision: move.reject ? 'reject' : 'approve',
              ...(move.reject && { comment: 'no' }),
            },
            subjectDigest: move.seen
              ? rollout.state!.gates!.facts.subject.digest
              : subject('never').digest,
            facts: world,
          });
          break;
        case 'withdraw':
          rollout.command({ type: 'withdrawVote', by: people[move.by] });
          break;
        case 'change':
          changes += 1;
          world = { ...world, subject: subject(String(changes)) };
          break;
        case 'freeze':
          world = { ...world, windows: { open: move.open, because: [] } };
          break;
        case 'wait':
          rollout.now += move.minutes * minute;
          // The engine fires what is due as soon as it can.
          if ((rollout.timers.get('gates') ?? Infinity) <= rollout.now)
            rollout.fire('gates');
          break;
        default:
          rollout.look(world, move.free);
      }
    } catch (error) {
      if (error instanceof TypeError) throw error;
    }
    if (rollout.state?.gates?.status === 'passed') break;
  }
  return { rollout, world };
}

type Cast = CastVote & { at: number };

/** The votes that stand at the end, told from the events alone. */
function standing(events: RolloutDomainEvent[]): Cast[] {
  let votes: Cast[] = [];
  for (const event of events) {
    if (event.type === 'gates.voided') votes = [];
    if (event.type === 'gates.voteWithdrawn')
      votes = votes.filter(({ by }) => by !== event.by);
    if (event.type === 'gates.voted')
      votes.push({ ...event.vote, at: event.at });
  }
  return votes;
}

/** Every way to give each seat another person: slow, and obviously right. */
function canFill(
  seats: Array<(vote: Cast) => boolean>,
  votes: Cast[],
): boolean {
  const [first, ...others] = seats;
  if (!first) return true;
  return votes.some(
    (one, index) =>
      first(one) &&
      canFill(
        others,
        votes.filter((_, at) => at !== index),
      ),
  );
}

function seatsOf({ gates, authors }: Case): Array<(vote: Cast) => boolean> {
  return gates.flatMap(one => {
    const excluded = [
      ...((one.excludeRequester ?? true) ? [requester] : []),
      ...((one.excludeAuthors ?? true) ? authors : []),
    ];
    const allowed = (cast: Cast) =>
      !excluded.includes(cast.by) &&
      !excluded.includes(cast.onBehalfOf ?? cast.by);
    return [
      ...(one.rules ?? []).flatMap(({ group, atLeast }) =>
        Array.from(
          { length: atLeast },
          () => (cast: Cast) => allowed(cast) && cast.groups.includes(group),
        ),
      ),
      ...(one.approvers ?? []).map(
        ref => (cast: Cast) =>
          allowed(cast) && (cast.onBehalfOf ?? cast.by) === ref,
      ),
    ];
  });
}

describe('gates, whatever people do', () => {
  it('open only with enough different people, none of them excluded, in time, for what is rolled out, in an open window', () => {
    let passed = 0;
    fc.assert(
      fc.property(cases, moves, (one, steps) => {
        const { rollout, world } = play(one, steps);
        const gates = rollout.state!.gates!;
        const isPassed = gates.status === 'passed';
        expect(rollout.events.some(({ type }) => type === 'step.started')).toBe(
          isPassed,
        );
        if (!isPassed) return;
        passed += 1;
        const votes = standing(rollout.events);
        const voters = votes.flatMap(({ by, onBehalfOf }) => [
          by,
          ...(onBehalfOf ? [onBehalfOf] : []),
        ]);
        expect(new Set(voters).size).toBe(voters.length);
        expect(votes.every(({ decision }) => decision === 'approve')).toBe(
          true,
        );
        expect(canFill(seatsOf(one), votes)).toBe(true);
        expect(gates.facts.subject).toEqual(world.subject);
        expect(world.windows?.open).toBe(true);
        const shortest = Math.min(
          ...one.gates.map(({ expiresAfter }) =>
            expiresAfter === '10m' ? 10 * minute : 60 * minute,
          ),
        );
        const asked =
          rollout.events.findLast(({ type }) => type === 'gates.voided')?.at ??
          rollout.events[0].at;
        for (const { at } of votes) expect(at).toBeLessThan(asked + shortest);
        expect(gates.decidedAt).toBeLessThan(asked + shortest);
      }),
      { numRuns: Number(process.env.SLIPWAY_PROPERTY_RUNS ?? 3000) },
    );
    // The test would be worth nothing if hardly any case came so far.
    expect(passed).toBeGreaterThan(50);
  });

  it('open as soon as enough people agree and nothing else holds: nobody waits for nothing', () => {
    fc.assert(
      fc.property(cases, fc.shuffledSubarray(people), (one, order) => {
        const steps = order.map<Move>(ref => {
          const by = people.indexOf(ref);
          return { type: 'vote', by, as: by, reject: false, seen: true };
        });
        const { rollout } = play(one, [...steps, { type: 'look', free: true }]);
        const enough = canFill(seatsOf(one), standing(rollout.events));
        expect(rollout.state!.gates!.status).toBe(
          enough ? 'passed' : 'waiting',
        );
      }),
      { numRuns: 1000 },
    );
  });
});

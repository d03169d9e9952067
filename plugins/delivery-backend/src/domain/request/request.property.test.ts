import fc from 'fast-check';
import type { AnyRequestCommand } from './commands';
import { decide } from './decide';
import type { RequestEvent } from './events';
import { evolve } from './evolve';
import { pendingOf } from './pending';
import type { RequestState } from './state';

const people = ['ana', 'ben', 'eva', 'ines', 'omar'].map(
  name => `user:default/${name}`,
);
const [requester] = people;
const group = 'group:default/owners';
const minute = 60_000;

type Move =
  | { type: 'vote'; by: number; as: number; reject: boolean; seen: boolean }
  | { type: 'withdrawVote'; by: number }
  | { type: 'withdraw' }
  | { type: 'wait'; minutes: number };

const person = fc.nat({ max: people.length - 1 });
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        type: fc.constant('vote' as const),
        by: person,
        as: person,
        reject: fc.integer({ min: 0, max: 14 }).map(n => n === 0),
        seen: fc.integer({ min: 0, max: 9 }).map(n => n > 0),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('withdrawVote' as const),
        by: person,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.constant({ type: 'withdraw' as const }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('wait' as const),
        minutes: fc.integer({ min: 1, max: 6 }),
      }),
    },
  ),
  { maxLength: 25 },
);

/** A run as the engine drives it: commands that throw change nothing, timers fire when they are due. */
class Rehearsal {
  state: RequestState | undefined;
  now = 0;
  readonly events: RequestEvent[] = [];

  tell(command: AnyRequestCommand): void {
    if (this.state && this.state.ballot.status !== 'waiting') return;
    try {
      const { events } = decide(this.state, command, { now: this.now });
      this.events.push(...events);
      this.state = events.reduce(evolve, this.state);
    } catch (error) {
      if (!/^(Conflict|Input|NotAllowed)Error$/.test((error as Error).name))
        throw error;
    }
  }

  wait(ms: number): void {
    this.now += ms;
    for (const [name, at] of Object.entries(pendingOf(this.state!).timers))
      if (at <= this.now)
        this.tell({ type: 'timer.fired', name, firedAt: this.now });
  }
}

describe('requests for approval', () => {
  it('end approved exactly when enough different people agreed in time, and never change afterwards', () => {
    const ends: Record<string, number> = {};
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        fc.subarray(people),
        moves,
        (atLeast, excludeRequester, members, script) => {
          const run = new Rehearsal();
          run.tell({
            type: 'ask',
            asked: {
              title: 'Read the ledger',
              requestedBy: requester,
              approval: {
                rules: [{ group, atLeast }],
                excludeRequester,
                expiresAfter: '10m',
              },
            },
          });
          const digest = run.state!.ballot.facts.subject.digest;
          for (const move of script)
            if (move.type === 'wait') run.wait(move.minutes * minute);
            else if (move.type === 'withdraw') run.tell({ type: 'withdraw' });
            else if (move.type === 'withdrawVote')
              run.tell({ type: 'withdrawVote', by: people[move.by] });
            else
              run.tell({
                type: 'vote',
                subjectDigest: move.seen ? digest : 'sha256:other',
                vote: {
                  by: people[move.by],
                  ...(move.as !== move.by && { onBehalfOf: people[move.as] }),
                  groups: members.includes(people[move.as]) ? [group] : [],
                  decision: move.reject ? 'reject' : 'approve',
                  comment: 'because',
                },
              });

          const { ballot } = run.state!;
          ends[ballot.status] = (ends[ballot.status] ?? 0) + 1;
          const counted = ballot.votes.filter(
            ({ decision }) => decision === 'approve',
          );
          // Nobody counts twice, neither as themselves nor for another.
          const hands = counted.flatMap(vote => [
            ...new Set([vote.by, vote.onBehalfOf ?? vote.by]),
          ]);
          expect(new Set(hands).size).toBe(hands.length);
          for (const vote of ballot.votes) {
            expect(members).toContain(vote.onBehalfOf ?? vote.by);
            expect(
              excludeRequester &&
                [vote.by, vote.onBehalfOf].includes(requester),
            ).toBe(false);
            expect(vote.at).toBeLessThan(10 * minute);
          }
          const { status } = ballot;
          const met = counted.length >= atLeast;
          const rejected = counted.length < ballot.votes.length;
          expect(rejected).toBe(status === 'rejected');
          expect(met && !rejected).toBe(status === 'passed');
          // It cannot stand for ever, and wants nothing any more when it is over.
          expect(pendingOf(run.state!).timers).toEqual(
            status === 'waiting' ? { expiry: 10 * minute } : {},
          );
          expect(status === 'waiting' && run.now >= 10 * minute).toBe(false);
          // The events alone give the same.
          expect(
            run.events.reduce<RequestState | undefined>(evolve, undefined),
          ).toEqual(run.state);
        },
      ),
      { numRuns: 500, seed: 20261124 },
    );
    expect(Object.keys(ends).sort()).toEqual([
      'expired',
      'passed',
      'rejected',
      'waiting',
      'withdrawn',
    ]);
  });
});

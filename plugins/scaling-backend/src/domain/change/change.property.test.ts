// What must hold depends on how each of the random stories goes.
/* eslint-disable jest/no-conditional-expect */
import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';
import fc from 'fast-check';
import {
  ChangeRehearsal,
  type Fate,
  RehearsedWorld,
} from '../../__testUtils__/ChangeRehearsal';
import { evolve } from './evolve';
import { isSameSetting } from './override';
import { pendingOf } from './pending';
import { type ChangeState, hasEnded } from './state';

const minute = 60_000;

type Move =
  | { type: 'scale'; replicas: number; minutes?: number }
  | { type: 'end'; restore: boolean }
  | { type: 'work' }
  | { type: 'fate'; fate: Fate }
  | { type: 'arrive' }
  | { type: 'foreign'; replicas: number }
  | { type: 'wait'; minutes: number };

const replicas = fc.integer({ min: 1, max: 9 });
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record(
      {
        type: fc.constant('scale' as const),
        replicas,
        minutes: fc.integer({ min: 1, max: 30 }),
      },
      { requiredKeys: ['type', 'replicas'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('end' as const),
      restore: fc.boolean(),
    }),
  },
  { weight: 10, arbitrary: fc.constant({ type: 'work' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('fate' as const),
      fate: fc.constantFrom<Fate>('fails', 'fails-after', 'refused', 'late'),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ type: 'arrive' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('foreign' as const),
      replicas: fc.integer({ min: 50, max: 59 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      minutes: fc.integer({ min: 1, max: 20 }),
    }),
  },
);

const beginnings = fc.constantFrom<ReplicaSetting>(
  { driver: 'fixed', replicas: 20 },
  { driver: 'hpa', name: 'web', minReplicas: 20, maxReplicas: 25 },
  { driver: 'keda', name: 'web', minReplicas: 0, maxReplicas: 4 },
);

/** Several changes of one target, one after another, in a world that fails and is meddled with. */
class Story {
  readonly clock = { now: 0 };
  readonly world: RehearsedWorld;
  readonly changes: ChangeRehearsal[] = [];
  meddled = false;
  left = false;

  constructor(readonly beginning: ReplicaSetting) {
    this.world = new RehearsedWorld(beginning);
  }

  get current(): ChangeRehearsal | undefined {
    return this.changes.at(-1);
  }

  async move(step: Move): Promise<void> {
    const { clock, current, world } = this;
    switch (step.type) {
      case 'scale': {
        const change = new ChangeRehearsal(world, clock);
        const number = this.changes.length + 1;
        const inherited =
          current?.state && !hasEnded(current.state)
            ? current.legacy
            : undefined;
        current?.tell({ type: 'supersede', changeId: `change-${number}` });
        change.tell({
          type: 'ask',
          asked: {
            kind: 'scale',
            target: { id: 'target' } as ChangeState['asked']['target'],
            number,
            via: 'provider',
            replicas: step.replicas,
            ...(step.minutes && { until: clock.now + step.minutes * minute }),
            reason: 'because',
            requestedBy: 'user:default/ana',
          },
          ...(inherited && { inherited }),
        });
        this.changes.push(change);
        return;
      }
      case 'end':
        if (!step.restore && current?.state && !hasEnded(current.state))
          this.left = true;
        current?.tell({
          type: 'end',
          by: 'user:default/ana',
          reason: 'enough',
          restore: step.restore,
        });
        return;
      case 'work':
        await current?.work();
        return;
      case 'fate':
        world.fate = step.fate;
        return;
      case 'arrive':
        try {
          world.late.shift()?.();
        } catch (error) {
          if ((error as Error).name !== 'ConflictError') throw error;
        }
        return;
      case 'foreign':
        this.meddled = true;
        world.setting = foreign(this.beginning, step.replicas);
        return;
      default:
        clock.now += step.minutes * minute;
        current?.ring();
    }
  }

  /** Until nothing is left to do, in a world that works. */
  async finish(): Promise<void> {
    this.world.fate = 'works';
    this.current?.tell({
      type: 'end',
      by: 'user:default/ana',
      reason: 'enough',
      restore: true,
    });
    for (
      let tries = 0;
      tries < 100 && this.current && !hasEnded(this.current.state!);
      tries++
    ) {
      this.world.fate = 'works';
      await this.current.work();
      this.clock.now += 5 * minute;
      this.current.ring();
    }
  }
}

function foreign(like: ReplicaSetting, count: number): ReplicaSetting {
  return like.driver === 'fixed'
    ? { ...like, replicas: count }
    : { ...like, minReplicas: count, maxReplicas: count };
}

describe('changes of how many replicas there are', () => {
  it('put back what was whatever fails, unless somebody else changed it, and never stand without an end', async () => {
    const ends: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(
        beginnings,
        fc.array(move, { maxLength: 40 }),
        async (beginning, moves) => {
          const story = new Story(beginning);
          for (const step of moves) {
            await story.move(step);
            for (const { state } of story.changes) {
              const { effects, status, timers } = pendingOf(state!);
              if (status.kind === 'running')
                expect(effects.length).toBeGreaterThan(0);
              if (status.kind === 'waiting') expect(status.wait).toBeTruthy();
              if (hasEnded(state!)) {
                expect(effects).toEqual([]);
                expect(timers).toEqual({});
              }
            }
            // One at a time.
            const open = story.changes.filter(({ state }) => !hasEnded(state!));
            expect(open.length).toBeLessThanOrEqual(1);
          }
          await story.finish();
          while (story.world.late.length) await story.move({ type: 'arrive' });
          for (const { events, state } of story.changes) {
            expect(hasEnded(state!)).toBe(true);
            const { as } = state!.end!;
            const key = `${as} ${state!.outcome!.kind}`;
            ends[key] = (ends[key] ?? 0) + 1;
            // The events alone give the same.
            expect(
              events.reduce<ChangeState | undefined>(evolve, undefined),
            ).toEqual(state);
          }
          const { fences, setting } = story.world;
          expect(fences).toEqual([...fences].sort((a, b) => a - b));
          if (!story.meddled && !story.left)
            expect(isSameSetting(setting!, beginning)).toBe(true);
          // What somebody else set last is not overwritten by what is put back.
          const last = story.changes.at(-1)?.state?.outcome;
          if (last?.found)
            expect(isSameSetting(setting!, last.found)).toBe(true);
        },
      ),
      { numRuns: 1500, seed: 20261127 },
    );
    expect(Object.keys(ends)).toEqual(
      expect.arrayContaining([
        'ended restored',
        'ended left',
        'expired restored',
        'failed restored',
        'superseded takenOver',
        'superseded untouched',
      ]),
    );
  });
});

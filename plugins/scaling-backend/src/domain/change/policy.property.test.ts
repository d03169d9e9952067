// What must hold depends on how each of the random stories goes.
/* eslint-disable jest/no-conditional-expect */
import type { JsonValue } from '@slipway/workflow-engine';
import fc from 'fast-check';
import { policy } from '../../__testUtils__/policy';
import { limitsAt } from '../policy/limitsAt';
import type { AnyChangeCommand } from './commands';
import { decide } from './decide';
import type { PolicyEffect } from './effects';
import type { ChangeEvent } from './events';
import { evolve } from './evolve';
import { pendingOf } from './pending';
import { type ChangeState, hasEnded } from './state';

const hour = 3_600_000;
const start = Date.parse('2026-01-05T12:00:00Z');
const before = { driver: 'fixed' as const, replicas: 3 };

const document = policy({
  replicas: { production: { min: 2, max: 10 } },
  schedules: [
    {
      name: 'night',
      start: '2026-01-01T20:00',
      timeZone: 'Europe/Berlin',
      duration: '11h',
      recurrence: 'FREQ=DAILY',
      replicas: { min: 1, max: 2 },
    },
  ],
});

type Move =
  | { type: 'work'; fate: 'works' | 'held' | 'refused' | 'fails' | 'gone' }
  | { type: 'wait'; hours: number }
  | { type: 'end'; restore: boolean }
  | { type: 'supersede' };

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      type: fc.constant('work' as const),
      fate: fc.oneof(
        { weight: 6, arbitrary: fc.constant('works' as const) },
        {
          weight: 4,
          arbitrary: fc.constantFrom(
            'held' as const,
            'refused' as const,
            'fails' as const,
            'gone' as const,
          ),
        },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      hours: fc.integer({ min: 1, max: 15 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('end' as const),
      restore: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'supersede' as const }) },
);

/** A policy as the engine runs it, in a cluster that keeps what was written last. */
class Rehearsal {
  state: ChangeState | undefined;
  now = start;
  readonly events: ChangeEvent[] = [];
  readonly fences: number[] = [];
  /** Whether an autoscaler of the policy may be there. */
  stands = false;
  /** Whether people are asked to agree to it. */
  asks = true;

  constructor() {
    this.tell({
      type: 'ask',
      asked: {
        kind: 'policy',
        target: { id: 'target', tier: 'production' } as never,
        number: 1,
        via: 'provider',
        policy: document,
        digest: 'sha256:1',
        approvals: ['approval'],
        reason: 'because',
        requestedBy: 'user:default/ana',
      },
    });
  }

  tell(command: AnyChangeCommand): void {
    if (this.state && hasEnded(this.state)) return;
    try {
      const { events } = decide(this.state, command, { now: this.now });
      this.events.push(...events);
      this.state = events.reduce(evolve, this.state);
    } catch (error) {
      if ((error as Error).name !== 'ConflictError') throw error;
    }
  }

  work(fate: Extract<Move, { type: 'work' }>['fate']): void {
    const [request] = pendingOf(this.state!).effects;
    if (!request) return;
    const { key } = request;
    const effect = request.effect as PolicyEffect;
    if (fate === 'fails') {
      // It may have arrived all the same.
      if (effect.kind === 'scaling.applyPolicy') this.stands = true;
      if (effect.kind === 'scaling.withdraw') this.asks = false;
      this.tell({
        type: 'effect.failed',
        key,
        kind: effect.kind,
        error: { name: 'Error', message: 'It does not answer' },
        attempts: 20,
        reason: 'exhausted',
      });
      return;
    }
    this.tell({
      type: 'effect.succeeded',
      key,
      kind: effect.kind,
      result: this.#result(effect, fate) as JsonValue,
      attempts: 1,
    });
  }

  #result(effect: PolicyEffect, fate: string): object {
    if (
      fate === 'held' &&
      !['scaling.place', 'scaling.withdraw'].includes(effect.kind)
    )
      return { held: 'Something is in the way' };
    switch (effect.kind) {
      case 'scaling.gates':
        if (fate === 'refused') return { refused: 'No' };
        this.asks = false;
        return { open: true };
      case 'scaling.withdraw':
        this.asks = false;
        return { outcome: 'untouched' };
      case 'scaling.place':
        return { setting: fate === 'gone' ? null : before, order: 1 };
      case 'scaling.applyPolicy':
        this.fences.push(effect.fence);
        this.stands = true;
        return { applied: true };
      default:
        this.fences.push(effect.fence);
        this.stands = false;
        if (fate === 'gone') return { outcome: 'gone' };
        return { outcome: effect.before ? 'restored' : 'left' };
    }
  }

  wait(hours: number): void {
    this.now += hours * hour;
    for (const [name, at] of Object.entries(pendingOf(this.state!).timers))
      if (at <= this.now)
        this.tell({ type: 'timer.fired', name, firedAt: this.now });
  }
}

describe('policies', () => {
  it('hold the limits of the time, are never left standing when they are over, and never stand without an end', () => {
    const ends: Record<string, number> = {};
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), moves => {
        const run = new Rehearsal();
        for (const step of moves) {
          if (step.type === 'work') run.work(step.fate);
          else if (step.type === 'wait') run.wait(step.hours);
          else if (step.type === 'supersede') {
            // Only what has taken its place is in the way of another one.
            if (run.state!.before)
              run.tell({ type: 'supersede', changeId: 'other' });
          } else
            run.tell({
              type: 'end',
              by: 'user:default/ana',
              reason: 'enough',
              restore: step.restore,
            });
          const state = run.state!;
          const { effects, status, timers } = pendingOf(state);
          if (status.kind === 'running')
            expect(effects.length).toBeGreaterThan(0);
          if (status.kind === 'waiting') expect(status.wait).toBeTruthy();
          if (hasEnded(state)) expect([effects, timers]).toEqual([[], {}]);
          // Nothing is written before everybody has agreed.
          if (run.fences.length)
            expect(run.events.map(({ type }) => type)).toContain(
              'change.admitted',
            );
          if (state.phase === 'active')
            expect(state.limits).toMatchObject({
              ...limitsAt(document, 'production', run.now),
            });
        }
        const { events, fences, stands, state } = run;
        expect(fences).toEqual([...new Set(fences)].sort((a, b) => a - b));
        if (hasEnded(state!)) {
          const { as } = state!.end!;
          const key = `${as} ${state!.outcome!.kind}`;
          ends[key] = (ends[key] ?? 0) + 1;
          if (as !== 'superseded') expect(stands).toBe(false);
          expect(run.asks).toBe(false);
        }
        expect(
          events.reduce<ChangeState | undefined>(evolve, undefined),
        ).toEqual(state);
      }),
      { numRuns: 1000, seed: 20261127 },
    );
    expect(Object.keys(ends)).toEqual(
      expect.arrayContaining([
        'ended restored',
        'ended left',
        'ended untouched',
        'failed untouched',
        'superseded takenOver',
      ]),
    );
  });
});

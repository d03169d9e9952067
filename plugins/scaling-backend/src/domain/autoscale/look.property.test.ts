// What must hold depends on how each of the random stories goes.
/* eslint-disable jest/no-conditional-expect */
import fc from 'fast-check';
import { policy } from '../../__testUtils__/policy';
import { type AutoscaleMemory, look, nothingKnown } from './look';

const start = Date.parse('2026-03-10T12:00:00Z');

/** What happens between two looks, and what is found at the second. */
const step = fc.record({
  seconds: fc.integer({ min: 1, max: 120 }),
  /** Requests in a second that all had to do; not known now and then. */
  requests: fc.option(fc.double({ min: 0, max: 2000, noNaN: true }), {
    freq: 4,
    nil: undefined,
  }),
  /** Whether the number that was asked for came about. */
  works: fc.boolean(),
  /** Whether the backend was started again since. */
  restarts: fc.boolean(),
});
const rules = fc.record({
  stabilizationWindowSeconds: fc.integer({ min: 0, max: 600 }),
  policies: fc.array(
    fc.record({
      type: fc.constantFrom('Pods' as const, 'Percent' as const),
      value: fc.integer({ min: 1, max: 100 }),
      periodSeconds: fc.integer({ min: 15, max: 300 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});
const story = fc.record({
  replicas: fc.integer({ min: 0, max: 30 }),
  min: fc.integer({ min: 1, max: 5 }),
  more: fc.integer({ min: 0, max: 15 }),
  scaleUp: rules,
  scaleDown: rules,
  steps: fc.array(step, { maxLength: 40 }),
});

const restarted = (memory: AutoscaleMemory): AutoscaleMemory =>
  JSON.parse(JSON.stringify(memory));

describe('policies that Slipway follows by itself', () => {
  it('keep to their limits, never take away without a measurement, and go on after a restart as if there had been none', () => {
    let ups = 0;
    let downs = 0;
    let waits = 0;
    fc.assert(
      fc.property(story, ({ min, more, scaleDown, scaleUp, ...told }) => {
        const limits = { min, max: min + more };
        const document = policy({
          metrics: [{ type: 'requestsPerReplica', target: 50 }],
          behavior: { scaleDown, scaleUp },
        });
        let { replicas } = told;
        let now = start;
        let memory = nothingKnown;
        let undisturbed = nothingKnown;
        const wishes: Array<{ at: number; replicas: number }> = [];
        for (const { requests, restarts, seconds, works } of told.steps) {
          now += seconds * 1000;
          if (restarts) memory = restarted(memory);
          const found = {
            replicas,
            totals:
              requests === undefined ? {} : { requestsPerReplica: requests },
          };
          const seen = look(memory, found, document, limits, now);
          expect(look(undisturbed, found, document, limits, now)).toEqual(seen);
          ({ memory } = seen);
          undisturbed = seen.memory;
          const { desired, wish } = seen;
          if (wish !== undefined) wishes.push({ at: now, replicas: wish });
          if (replicas >= limits.min && replicas <= limits.max) {
            expect(desired).toBeGreaterThanOrEqual(limits.min);
            expect(desired).toBeLessThanOrEqual(limits.max);
          } else {
            // Limits hold at once.
            expect([limits.min, limits.max]).toContain(desired);
          }
          if (requests === undefined)
            expect(desired).toBe(
              Math.min(Math.max(replicas, limits.min), limits.max),
            );
          // Whatever was needed within the window is kept, over restarts too.
          const since = now - scaleDown.stabilizationWindowSeconds * 1000;
          const needed = wishes
            .filter(({ at }) => at > since)
            .map(wanted => wanted.replicas);
          if (desired < replicas && replicas <= limits.max) {
            downs += 1;
            expect(desired).toBeGreaterThanOrEqual(
              Math.min(replicas, limits.max, Math.max(...needed, 0)),
            );
          }
          if (wish !== undefined && wish < replicas && desired === replicas)
            waits += 1;
          if (desired > replicas) ups += 1;
          if (works) replicas = desired;
        }
      }),
      { numRuns: 1000, seed: 20261127 },
    );
    // What is said above was put to the test.
    expect(Math.min(ups, downs, waits)).toBeGreaterThan(100);
  });

  it('count a change for their pace only when it has come about', () => {
    const one = {
      stabilizationWindowSeconds: 0,
      policies: [{ type: 'Pods' as const, value: 1, periodSeconds: 300 }],
    };
    const document = policy({
      metrics: [{ type: 'requestsPerReplica', target: 50 }],
      behavior: { scaleUp: one },
    });
    const busy = (memory: AutoscaleMemory, replicas: number, seconds: number) =>
      look(
        memory,
        { replicas, totals: { requestsPerReplica: 500 } },
        document,
        { min: 1, max: 10 },
        start + seconds * 1000,
      );
    const first = busy(nothingKnown, 2, 0);
    expect(first.desired).toBe(3);
    // It did not come about, and is tried again; then it did, and the next one has to wait.
    const second = busy(first.memory, 2, 15);
    expect(second.desired).toBe(3);
    const third = busy(second.memory, 3, 30);
    expect(third.desired).toBe(3);
    expect(busy(third.memory, 3, 400).desired).toBe(4);
  });

  it('do not stumble over a clock that goes back', () => {
    const document = policy({
      metrics: [{ type: 'requestsPerReplica', target: 50 }],
    });
    const limits = { min: 1, max: 10 };
    const at = (memory: AutoscaleMemory, seconds: number) =>
      look(
        memory,
        { replicas: 4, totals: { requestsPerReplica: 100 } },
        document,
        limits,
        start + seconds * 1000,
      );
    const first = at(nothingKnown, 100);
    const second = at(first.memory, 0);
    expect(second.memory.lookedAt).toBeGreaterThan(first.memory.lookedAt!);
    expect(second.desired).toBe(4);
  });
});

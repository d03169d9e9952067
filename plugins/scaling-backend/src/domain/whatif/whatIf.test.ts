import type { ScalingPolicy } from '@slipway/backstage-plugin-scaling-common';
import fc from 'fast-check';
import { nightly, policy } from '../../__testUtils__/policy';
import { unrecorded } from './policyDemand';
import type { Recorded } from './recorded';
import { whatIf } from './whatIf';

const begin = Date.parse('2026-03-10T00:00Z');
const noPrice = { noPrice: 'none' };

/** CPU in replicas' worth at 50 %, minute by minute. */
function minutes(
  demands: Array<number | undefined>,
  replicas: (minute: number) => number = () => 4,
): Recorded {
  return {
    stepSeconds: 60,
    steps: demands.map((demand, minute) => ({
      at: begin + minute * 60_000,
      replicas: replicas(minute),
      demands:
        demand === undefined
          ? []
          : [{ metric: 'cpu', unit: 'percent' as const, total: demand * 50 }],
    })),
  };
}

const byCpu = policy({
  replicas: { production: { min: 1, max: 20 } },
  metrics: [{ type: 'cpu', targetUtilization: 50 }],
});

function tried(
  recorded: Recorded,
  spec: ScalingPolicy = byCpu,
  more: Partial<Parameters<typeof whatIf>[2]> = {},
) {
  return whatIf(recorded, spec, {
    tier: 'production',
    startupSeconds: 0,
    startupAssumed: false,
    cost: noPrice,
    ...more,
  });
}

const times = <T>(count: number, value: T): T[] =>
  Array.from({ length: count }, () => value);

describe('what a policy would have made of recorded load', () => {
  it('is as many replicas as the load asked for, after the window downwards', () => {
    const { recorded, simulated, series, changes } = tried(
      minutes([...times(10, 2), ...times(10, 6)]),
    );
    // Of ten minutes with 4 where 2 would do, five are waited for.
    expect(series.map(({ simulatedReplicas }) => simulatedReplicas)).toEqual([
      ...times(5, 4),
      ...times(5, 2),
      ...times(10, 6),
    ]);
    expect(series[19]).toMatchObject({
      demand: 6,
      recordedReplicas: 4,
      recordedLoad: 1.5,
      simulatedLoad: 1,
    });
    expect(recorded).toEqual({
      replicaHours: expect.closeTo((20 * 4) / 60, 10),
      peakReplicas: 4,
      secondsOver: 600,
      seconds: 1200,
    });
    expect(simulated).toEqual({
      replicaHours: expect.closeTo((5 * 4 + 5 * 2 + 10 * 6) / 60, 10),
      peakReplicas: 6,
      secondsOver: 0,
      seconds: 1200,
    });
    expect(changes).toEqual([
      {
        at: '2026-03-10T00:05:00.000Z',
        from: 4,
        to: 2,
        reason: 'cpu is at 25 % where 50 % is wanted: 2 instead of 4',
      },
      {
        at: '2026-03-10T00:10:00.000Z',
        from: 2,
        to: 6,
        reason: 'cpu is at 150 % where 50 % is wanted: 6 instead of 2',
      },
    ]);
  });

  it('is over the target for as long as new replicas take to start', () => {
    const load = [...times(3, 4), ...times(7, 8)];
    const over = (startupSeconds: number) =>
      tried(minutes(load), byCpu, { startupSeconds }).simulated.secondsOver;
    expect([0, 45, 90].map(over)).toEqual([0, 45, 90]);
  });

  it('is none while a schedule says so, which costs nothing and leaves the load waiting', () => {
    const asleep = policy({
      replicas: { production: { min: 1, max: 20 } },
      metrics: [{ type: 'cpu', targetUtilization: 50 }],
      schedules: [
        {
          ...nightly,
          tiers: ['production'],
          start: '2026-03-10T01:05',
          duration: '10m',
          recurrence: undefined,
        },
      ],
    });
    const { series, simulated } = tried(
      minutes([...times(10, 4), ...times(15, 0)]),
      asleep,
    );
    expect(series.map(({ simulatedReplicas }) => simulatedReplicas)).toEqual([
      ...times(5, 4),
      ...times(10, 0),
      ...times(10, 1),
    ]);
    expect(simulated.secondsOver).toBe(5 * 60);
    expect(series[5]).not.toHaveProperty('simulatedLoad');
    expect(series[12]).toMatchObject({ simulatedLoad: 0 });
  });

  it('begins anew after a time in which nothing was recorded, and leaves it out', () => {
    const recorded = minutes(times(30, 2), minute => (minute < 10 ? 2 : 9));
    const { series, simulated } = tried({
      ...recorded,
      steps: recorded.steps.filter((_, minute) => minute < 10 || minute >= 25),
    });
    expect(simulated.seconds).toBe(15 * 60);
    expect(series[10]).toMatchObject({
      at: '2026-03-10T00:25:00.000Z',
      simulatedReplicas: 9,
    });
  });

  it('says what it costs where a price is known', () => {
    const cost = { price: { currency: 'EUR', perReplicaHour: 0.5 } };
    const found = tried(minutes(times(60, 4)), byCpu, { cost });
    expect(found.price).toEqual(cost.price);
    expect(found.recorded.cost).toBeCloseTo(2, 10);
    expect(found.simulated.cost).toBeCloseTo(2, 10);
    expect(tried(minutes(times(60, 4)))).toMatchObject(noPrice);
  });

  it('never leaves the limits, and needs no fewer replicas where there is more load', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ min: 0, max: 40, noNaN: true })), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(10),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (load, min, more, factor) => {
          const limited = policy({
            replicas: { production: { min, max: min + more } },
            metrics: [{ type: 'cpu', targetUtilization: 50 }],
          });
          const known = load.map(one => one ?? undefined);
          const light = tried(minutes(known), limited);
          const heavy = tried(
            minutes(known.map(one => (one === undefined ? one : one * factor))),
            limited,
          );
          for (const [index, point] of light.series.entries()) {
            expect(point.simulatedReplicas).toBeGreaterThanOrEqual(min);
            expect(point.simulatedReplicas).toBeLessThanOrEqual(min + more);
            expect(
              heavy.series[index].simulatedReplicas + 1e-9,
            ).toBeGreaterThanOrEqual(point.simulatedReplicas);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('changes the same whether load is told once for a quarter of an hour or with each look', () => {
    const rules = fc.record(
      {
        stabilizationWindowSeconds: fc.constantFrom(0, 60, 300, 1200),
        selectPolicy: fc.constantFrom('Max' as const, 'Min' as const),
        policies: fc.array(
          fc.record({
            type: fc.constantFrom('Pods' as const, 'Percent' as const),
            value: fc.integer({ min: 1, max: 100 }),
            periodSeconds: fc.constantFrom(15, 60, 600, 1800),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.integer({ min: 0, max: 30 }),
            fc.double({ min: 0, max: 30, noNaN: true }),
          ),
          { minLength: 1, maxLength: 12 },
        ),
        fc.record({ scaleUp: rules, scaleDown: rules }, { requiredKeys: [] }),
        fc.constantFrom(0, 40, 1000),
        fc.integer({ min: 1, max: 5 }),
        (load, behavior, startupSeconds, min) => {
          const spec = policy({
            replicas: { production: { min, max: 12 } },
            metrics: [{ type: 'cpu', targetUtilization: 50 }],
            behavior,
            schedules: [
              {
                ...nightly,
                tiers: ['production'],
                start: '2026-03-10T02:05',
                duration: '20m',
                recurrence: undefined,
                replicas: { min: 2, max: 3 },
              },
            ],
          });
          const steps = (each: number) => ({
            stepSeconds: 900 / each,
            steps: load.flatMap((demand, quarter) =>
              Array.from({ length: each }, (_, part) => ({
                at: begin + quarter * 900_000 + (part * 900_000) / each,
                replicas: 4,
                demands: [
                  {
                    metric: 'cpu',
                    unit: 'percent' as const,
                    total: demand * 50,
                  },
                ],
              })),
            ),
          });
          const [coarse, fine] = [steps(1), steps(60)].map(recorded =>
            tried(recorded, spec, { startupSeconds }),
          );
          expect(coarse.changes).toEqual(fine.changes);
          expect(coarse.simulated.secondsOver).toBe(fine.simulated.secondsOver);
          expect(coarse.simulated.replicaHours).toBeCloseTo(
            fine.simulated.replicaHours,
            8,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reckons a month by the quarter of an hour quickly', () => {
    const steps = Array.from({ length: 2880 }, (_, index) => ({
      at: begin + index * 900_000,
      replicas: 4,
      demands: [
        {
          metric: 'cpu',
          unit: 'percent' as const,
          total: 200 + 150 * Math.sin(index / 15),
        },
      ],
    }));
    const scheduled = policy({
      metrics: [{ type: 'cpu', targetUtilization: 50 }],
      schedules: [{ ...nightly, tiers: ['production'] }],
    });
    const before = performance.now();
    const { totalChanges, changes } = tried(
      { stepSeconds: 900, steps },
      scheduled,
      { startupSeconds: 60 },
    );
    expect(totalChanges).toBeGreaterThan(100);
    expect(changes).toHaveLength(100);
    // A request waits for it; ten times what it takes on a busy machine.
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});

describe('metrics that were not recorded', () => {
  it('are named with those that were', () => {
    const asked = policy({
      metrics: [
        { type: 'cpu', targetUtilization: 50 },
        { type: 'queueLength', target: 3 },
      ],
    }).spec.metrics;
    expect(unrecorded(asked, minutes([undefined, 2]))).toEqual([
      {
        pointer: '/spec/metrics/1',
        detail:
          'nothing was recorded of queueLength in this time; recorded were: cpu in percent',
      },
    ]);
    expect(unrecorded(asked, minutes([undefined]))).toHaveLength(2);
  });
});

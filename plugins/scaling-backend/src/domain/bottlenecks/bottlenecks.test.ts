import type { ScalingSample } from '@slipway/backstage-plugin-scaling-common';
import fc from 'fast-check';
import { bottlenecks } from './bottlenecks';

const target = {
  driver: { kind: 'hpa' as const, name: 'shop' },
  minReplicas: 2,
  maxReplicas: 5,
  metrics: [{ name: 'cpu', ratio: 0.8, utilization: 64 }],
};

function minutes(
  count: number,
  at: (minute: number) => { replicas: number; load?: number },
): ScalingSample[] {
  return Array.from({ length: count }, (_, minute) => {
    const { load, replicas } = at(minute);
    return {
      at: new Date(minute * 60_000).toISOString(),
      replicas,
      maxReplicas: replicas,
      ...(load !== undefined && { load }),
    };
  });
}

const kinds = (...args: Parameters<typeof bottlenecks>) =>
  bottlenecks(...args).map(({ kind }) => kind);

describe('what keeps a target from scaling well', () => {
  it('is a maximum at which load stays over its target for ten minutes', () => {
    const over = (count: number) =>
      minutes(60, minute => ({
        replicas: 5,
        load: minute < count ? 1.2 + minute / 100 : 1.05,
      }));
    expect(kinds(target, over(9))).toEqual([]);
    expect(bottlenecks(target, over(10))).toEqual([
      {
        kind: 'atMaximum',
        evidence:
          'For 10 of the last 60 known minutes load was over its target, at most at 129 %, with all 5 replicas that there may be',
        action: expect.stringContaining('Raise the maximum'),
      },
    ]);
    // Where more may come, they will.
    expect(kinds({ ...target, maxReplicas: 6 }, over(60))).toEqual([]);
    expect(kinds({ ...target, maxReplicas: undefined }, over(60))).toEqual([]);
  });

  it('is memory, where it is nearly used up and asks for most', () => {
    const memory = { name: 'memory', ratio: 1.2, utilization: 96 };
    expect(
      bottlenecks({ ...target, metrics: [...target.metrics, memory] }, []),
    ).toMatchObject([
      {
        kind: 'memoryDecides',
        evidence: expect.stringContaining('at 96 %'),
      },
    ]);
    const other = { name: 'queue', ratio: 2 };
    expect(kinds({ ...target, metrics: [memory, other] }, [])).toEqual([]);
  });

  it('is going up and down all the time', () => {
    const turning = (turns: number) =>
      minutes(120, minute => ({
        replicas: minute % 5 || minute > turns * 5 + 5 ? 3 : 4,
        load: 0.9,
      }));
    expect(kinds(target, turning(2))).toEqual([]);
    expect(kinds(target, turning(12))).toEqual(['restless']);
    expect(
      kinds({ ...target, driver: { kind: 'fixed' } }, turning(12)),
    ).toEqual([]);
    // However far it goes, as long as it goes one way.
    expect(
      kinds(
        target,
        minutes(4, minute => ({ replicas: minute + 2, load: 1 })),
      ),
    ).toEqual([]);
  });

  it('is a minimum that is more than the load ever asks for', () => {
    const calm = (load: number) => minutes(400, () => ({ replicas: 4, load }));
    const four = { ...target, minReplicas: 4 };
    expect(bottlenecks(four, calm(0.2))).toMatchObject([
      {
        kind: 'idleAtMinimum',
        action: 'Lower the minimum: 1 would have done',
      },
    ]);
    expect(kinds(four, calm(0.6))).toEqual([]);
    expect(kinds(four, calm(0.2).slice(0, 300))).toEqual([]);
    expect(kinds({ ...target, minReplicas: 1 }, calm(0.2))).toEqual([]);
  });

  it('is nothing where nothing is known', () => {
    expect(kinds(target, [])).toEqual([]);
    expect(
      kinds(
        target,
        minutes(500, () => ({ replicas: 2 })),
      ),
    ).toEqual([]);
  });

  it('is never both too few and too many', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            replicas: fc.integer({ min: 2, max: 5 }),
            load: fc.option(fc.double({ min: 0, max: 3, noNaN: true }), {
              nil: undefined,
            }),
          }),
          { maxLength: 500 },
        ),
        looks => {
          const found = kinds(
            target,
            minutes(looks.length, minute => looks[minute]),
          );
          expect(
            found.includes('atMaximum') && found.includes('idleAtMinimum'),
          ).toBe(false);
        },
      ),
    );
  });
});

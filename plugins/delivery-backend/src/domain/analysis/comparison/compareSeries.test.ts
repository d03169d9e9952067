import fc from 'fast-check';
import { compareSeries } from './compareSeries';
import { comparisonInWords } from './inWords';
import { comparisonSettings } from './settings';

/** Points spread evenly around a middle, without chance. */
function spread(middle: number, count = 60, width = 10): number[] {
  return Array.from(
    { length: count },
    (_, index) =>
      middle + width * ((index * 37) % count) * (1 / count) - width / 2,
  );
}

const settings = comparisonSettings({});

function classOf(
  canary: number[],
  stable: number[],
  overrides: Parameters<typeof comparisonSettings>[0] = {},
) {
  return compareSeries({ canary, stable }, comparisonSettings(overrides))
    .classification;
}

describe('the comparison of two releases', () => {
  it('has the defaults of Kayenta', () => {
    expect(settings).toEqual({
      direction: 'either',
      critical: false,
      group: 'default',
      confidence: 0.98,
      tolerance: 0.25,
      minimumPoints: 50,
    });
  });

  it('passes what is alike, and tells higher from lower', () => {
    expect(classOf(spread(100), spread(100))).toBe('pass');
    expect(classOf(spread(140), spread(100))).toBe('high');
    expect(classOf(spread(60), spread(100))).toBe('low');
  });

  it('minds only the direction that is bad', () => {
    const [more, less] = [spread(140), spread(60)];
    expect(classOf(more, spread(100), { direction: 'decrease' })).toBe('pass');
    expect(classOf(less, spread(100), { direction: 'increase' })).toBe('pass');
    expect(classOf(more, spread(100), { direction: 'increase' })).toBe('high');
    expect(classOf(less, spread(100), { direction: 'decrease' })).toBe('low');
  });

  it('lets a difference pass whose interval comes too near to zero', () => {
    const [canary, stable] = [spread(102.2), spread(100)];
    const { shift } = compareSeries({ canary, stable }, settings);
    expect(shift!.lower).toBeGreaterThan(0);
    expect(shift!.lower).toBeLessThan(0.6 * shift!.estimate);
    expect(classOf(canary, stable, { tolerance: 0 })).toBe('high');
    expect(classOf(canary, stable, { tolerance: 0.6 })).toBe('pass');
  });

  it('refuses a verdict below fifty points, on either side', () => {
    const result = compareSeries(
      { canary: spread(140, 12), stable: spread(100, 50) },
      settings,
    );
    expect(result).toEqual({ points: { canary: 12, stable: 50 } });
    expect(comparisonInWords(result, settings)).toBe(
      '12 of 50 points of the new release and 50 of 50 of the one before: too few to compare',
    );
    expect(classOf(spread(140, 50), spread(100, 49))).toBeUndefined();
    expect(classOf(spread(140, 50), spread(100, 50))).toBe('high');
  });

  it('does not count what is no number', () => {
    const canary = [...spread(100, 49), Number.NaN, Infinity];
    expect(compareSeries({ canary, stable: spread(100) }, settings)).toEqual({
      points: { canary: 49, stable: 60 },
    });
  });

  it('has nothing to compare with at a first release', () => {
    const result = compareSeries({ canary: spread(100) }, settings);
    expect(result.classification).toBe('nodata');
    expect(comparisonInWords(result, settings)).toBe(
      'there is no release before this one to compare with',
    );
  });

  it('passes series that are identical, also when nothing in them varies', () => {
    expect(classOf(spread(3), spread(3))).toBe('pass');
    expect(classOf(Array(50).fill(0), Array(50).fill(0))).toBe('pass');
  });

  it('keeps summaries and counts, and no points', () => {
    const result = compareSeries(
      { canary: spread(140), stable: spread(100), unit: 'ms' },
      settings,
    );
    expect(result).toMatchObject({
      points: { canary: 60, stable: 60 },
      unit: 'ms',
      canary: { median: expect.closeTo(139.9, 0) },
      stable: { minimum: 95, mean: expect.closeTo(99.9, 0) },
      histogram: { from: 95 },
    });
    const { canary, stable } = result.histogram!;
    expect(canary.length).toBe(stable.length);
    for (const bins of [canary, stable])
      expect(bins.reduce((sum, count) => sum + count)).toBe(60);
  });

  it('gives the reason with its numbers and their unit', () => {
    const words = (canary: number[], overrides = {}) => {
      const all = comparisonSettings(overrides);
      return comparisonInWords(
        compareSeries({ canary, stable: spread(100), unit: 'ms' }, all),
        all,
      );
    };
    expect(words(spread(140))).toMatch(
      /^40 ms higher than in the release before \(98 % interval 3\d\.?\d* to 4\d\.?\d* ms; tolerance 10 ms\)$/,
    );
    expect(words(spread(60))).toMatch(/^40 ms lower than/);
    expect(words(spread(100))).toMatch(/^no clear difference/);
    expect(words(spread(60), { direction: 'increase' })).toMatch(
      /^40 ms lower than in the release before, which is no fault/,
    );
  });

  it('never turns from high to pass as the new release gets worse', () => {
    const points = fc.array(fc.integer({ min: 0, max: 1000 }), {
      minLength: 10,
      maxLength: 40,
    });
    const by = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(points, points, by, by, (x, y, first, more) => {
        const isHigh = (shift: number) =>
          classOf(
            x.map(one => one + shift),
            y,
            { minimumPoints: 10, direction: 'increase' },
          ) === 'high';
        // The tolerance grows with the estimate, but by less than the interval moves.
        expect(isHigh(first) && !isHigh(first + more)).toBe(false);
      }),
    );
  });

  it('counts every point in a bin, at most thirty of them, whatever the numbers are', () => {
    const points = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), {
      minLength: 10,
      maxLength: 700,
    });
    fc.assert(
      fc.property(points, points, (canary, stable) => {
        const { histogram } = compareSeries(
          { canary, stable },
          comparisonSettings({ minimumPoints: 10 }),
        );
        const sum = (bins: number[]) => bins.reduce((a, b) => a + b, 0);
        expect(sum(histogram!.canary)).toBe(canary.length);
        expect(sum(histogram!.stable)).toBe(stable.length);
        expect(histogram!.canary.length).toBeLessThanOrEqual(30);
      }),
      { numRuns: 50 },
    );
  });
});

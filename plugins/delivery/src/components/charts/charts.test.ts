import { conditionLimits } from './conditionLimits';
import { distributionSeries } from './distributionSeries';
import { measurementSeries } from './measurementSeries';
import { roundTicks } from './roundTicks';
import { weightSeries } from './weightSeries';

describe('the chart of measurements', () => {
  it('draws the numbers in the order of time, and counts what has none', () => {
    const { samples, withoutNumber } = measurementSeries([
      { at: '2026-01-01T00:00:20Z', verdict: 'failed', value: 0.4 },
      { at: '2026-01-01T00:00:10Z', verdict: 'successful', value: 0 },
      { at: '2026-01-01T00:00:30Z', verdict: 'error', message: 'timeout' },
    ]);
    expect(samples.map(({ value, verdict }) => [value, verdict])).toEqual([
      [0, 'successful'],
      [0.4, 'failed'],
    ]);
    expect(withoutNumber).toBe(1);
  });

  it('finds the plain limits of a condition, whichever side they stand on', () => {
    expect(conditionLimits('result < 0.05 && 0 <= result')).toEqual([
      { operator: '<', value: 0.05 },
      { operator: '>=', value: 0 },
    ]);
    expect(conditionLimits('result[0] >= 1e-3')).toEqual([
      { operator: '>=', value: 0.001 },
    ]);
  });

  it('draws no limit for what is not a plain comparison of the result', () => {
    expect(conditionLimits('result.status == 200')).toEqual([]);
    expect(conditionLimits('canary < stable * 1.1')).toEqual([]);
    expect(conditionLimits('myresult < 3')).toEqual([]);
    expect(conditionLimits(undefined)).toEqual([]);
  });
});

describe('the chart of two distributions', () => {
  it('shows shares, so that releases with different numbers of points compare', () => {
    const samples = distributionSeries({
      from: 10,
      to: 30,
      canary: [1, 3],
      stable: [10, 10],
    });
    expect(samples).toEqual([
      { from: 10, to: 20, canary: 25, stable: 50 },
      { from: 20, to: 30, canary: 75, stable: 50 },
      { from: 30, to: 30, canary: 75, stable: 50 },
    ]);
  });
});

describe('the axis of a range', () => {
  it('is marked with round numbers', () => {
    expect(roundTicks(1.12, 33)).toEqual([5, 10, 15, 20, 25, 30]);
    expect(roundTicks(1.78, 3.66)).toEqual([2, 2.5, 3, 3.5]);
    expect(roundTicks(-1, 1)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(roundTicks(0.1, 0.32)).toEqual([0.1, 0.15, 0.2, 0.25, 0.3]);
  });

  it.each([1e-6, 0.013, 0.5, 3.3, 47, 999, 1e7])(
    'has some marks, and all of them inside, over a range of %p',
    width => {
      for (const from of [-1.7 * width, 0, 0.3 * width]) {
        const ticks = roundTicks(from, from + width);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(Math.min(...ticks)).toBeGreaterThanOrEqual(from);
        expect(Math.max(...ticks)).toBeLessThanOrEqual(from + width);
      }
    },
  );
});

describe('the chart of traffic', () => {
  it('lets the last weight hold until the end', () => {
    const samples = weightSeries(
      [
        { at: '2026-01-01T00:01:00Z', weight: 50 },
        { at: '2026-01-01T00:00:00Z', weight: 20 },
      ],
      '2026-01-01T00:02:00Z',
    );
    expect(samples.map(({ at, weight }) => [at.slice(14, 19), weight])).toEqual(
      [
        ['00:00', 20],
        ['01:00', 50],
        ['02:00', 50],
      ],
    );
  });

  it('is empty while no traffic has moved', () => {
    expect(weightSeries([], '2026-01-01T00:00:00Z')).toEqual([]);
  });
});

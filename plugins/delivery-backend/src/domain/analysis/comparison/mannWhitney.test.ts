import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mannWhitney } from './mannWhitney';
import { normalQuantile, normalUpperTail } from './normal';
import { nthDifference } from './nthDifference';

interface Reference {
  normal: Array<{ z: number; upperTail: number }>;
  quantiles: Array<{ chance: number; quantile: number }>;
  sets: Array<{
    name: string;
    canary: number[];
    stable: number[];
    median: number;
    results: Array<{
      confidence: number;
      pValue: number | null;
      estimate: number;
      lower: number;
      upper: number;
    }>;
  }>;
}

// What R printed; mannWhitney.reference.R says how.
const reference: Reference = JSON.parse(
  readFileSync(join(__dirname, 'mannWhitney.reference.json'), 'utf8'),
);

const decided = reference.sets.filter(
  ({ results }) => results[0].pValue !== null,
);

/** As many digits as are left of differences of such numbers. */
function digitsOf({ canary, stable }: { canary: number[]; stable: number[] }) {
  return 1e-13 * Math.max(...canary.map(Math.abs), ...stable.map(Math.abs));
}

describe('the normal distribution', () => {
  it.each(reference.normal)('has the tail that R gives beyond $z', one => {
    expect(normalUpperTail(one.z) / one.upperTail).toBeCloseTo(1, 12);
  });

  it.each(reference.quantiles)('has the quantile of R at $chance', one => {
    expect(Math.abs(normalQuantile(one.chance) - one.quantile)).toBeLessThan(
      1e-10,
    );
  });
});

describe('the comparison of two samples', () => {
  it('is checked against a dozen data sets', () => {
    expect(decided.length).toBeGreaterThanOrEqual(12);
  });

  it.each(decided)('agrees with R: $name', set => {
    const within = digitsOf(set);
    const off = (a: number, b: number) => Math.max(0, Math.abs(a - b) - within);
    for (const wanted of set.results) {
      const got = mannWhitney(set.canary, set.stable, wanted.confidence);
      expect({
        lower: off(got.lower, wanted.lower),
        upper: off(got.upper, wanted.upper),
        estimate: off(got.estimate, set.median),
      }).toEqual({ lower: 0, upper: 0, estimate: 0 });
      expect(got.pValue / wanted.pValue!).toBeCloseTo(1, 11);
    }
  });

  it.each(decided)('has its estimate where R finds the step: $name', set => {
    // Between the two middle differences R's search may end anywhere.
    const differences = set.canary
      .flatMap(x => set.stable.map(y => x - y))
      .sort((a, b) => a - b);
    const within = digitsOf(set);
    for (const { estimate } of set.results) {
      expect(estimate).toBeGreaterThanOrEqual(
        differences[Math.floor((differences.length - 1) / 2)] - within,
      );
      expect(estimate).toBeLessThanOrEqual(
        differences[Math.ceil((differences.length - 1) / 2)] + within,
      );
    }
  });

  it('finds no shift where all points are equal, which R refuses', () => {
    expect(mannWhitney([5, 5, 5], [5, 5], 0.98)).toEqual({
      estimate: 0,
      lower: 0,
      upper: 0,
      pValue: 1,
    });
  });
});

// Quarters are exact in binary, so that a shift changes no tie.
const quarters = fc.integer({ min: -400, max: 400 }).map(n => n / 4);
const sample = fc.array(quarters, { minLength: 1, maxLength: 40 });
const confidence = fc.constantFrom(0.5, 0.8, 0.95, 0.98, 0.999);

describe('for any two samples', () => {
  it('the nth difference is the nth of all differences', () => {
    fc.assert(
      fc.property(sample, sample, fc.nat(), (x, y, any) => {
        const sort = (list: number[]) => [...list].sort((a, b) => a - b);
        const all = sort(x.flatMap(one => y.map(other => one - other)));
        const nth = (any % all.length) + 1;
        expect(nthDifference(sort(x), sort(y), nth)).toBe(all[nth - 1]);
      }),
    );
  });

  it('the nth difference is found among numbers of any size', () => {
    const any = fc.double({ min: -1e200, max: 1e200, noNaN: true });
    const list = fc.array(any, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(list, list, fc.nat(), (x, y, at) => {
        const sort = (unsorted: number[]) =>
          [...unsorted].sort((a, b) => a - b);
        const all = sort(x.flatMap(one => y.map(other => one - other)));
        const nth = (at % all.length) + 1;
        expect(nthDifference(sort(x), sort(y), nth) - all[nth - 1]).toBe(0);
      }),
    );
  });

  it('a shift of one moves the estimate and its limits by just that', () => {
    fc.assert(
      fc.property(sample, sample, quarters, confidence, (x, y, by, level) => {
        const before = mannWhitney(x, y, level);
        const after = mannWhitney(
          x.map(one => one + by),
          y,
          level,
        );
        expect(after.estimate - before.estimate).toBe(by);
        expect(after.lower - before.lower).toBe(by);
        expect(after.upper - before.upper).toBe(by);
      }),
    );
  });

  it('a shift of both changes nothing', () => {
    fc.assert(
      fc.property(sample, sample, quarters, confidence, (x, y, by, level) => {
        const shifted = (list: number[]) => list.map(one => one + by);
        expect(mannWhitney(shifted(x), shifted(y), level)).toEqual(
          mannWhitney(x, y, level),
        );
      }),
    );
  });

  it('exchanging them negates the shift and keeps the p-value', () => {
    fc.assert(
      fc.property(sample, sample, confidence, (x, y, level) => {
        const one = mannWhitney(x, y, level);
        const other = mannWhitney(y, x, level);
        expect(other.estimate + one.estimate).toBe(0);
        expect(other.lower + one.upper).toBe(0);
        expect(other.upper + one.lower).toBe(0);
        expect(other.pValue).toBeCloseTo(one.pValue, 12);
      }),
    );
  });

  it('another unit scales the shift and keeps the p-value', () => {
    fc.assert(
      fc.property(
        sample,
        sample,
        fc.constantFrom(0.125, 2, 1024),
        confidence,
        (x, y, factor, level) => {
          const scaled = (list: number[]) => list.map(one => one * factor);
          const one = mannWhitney(x, y, level);
          expect(mannWhitney(scaled(x), scaled(y), level)).toEqual({
            estimate: one.estimate * factor,
            lower: one.lower * factor,
            upper: one.upper * factor,
            pValue: one.pValue,
          });
        },
      ),
    );
  });

  it('the interval holds the estimate, and a wider one the narrower', () => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const narrow = mannWhitney(x, y, 0.8);
        const wide = mannWhitney(x, y, 0.98);
        const order = [
          wide.lower,
          narrow.lower,
          narrow.estimate,
          narrow.upper,
          wide.upper,
        ];
        expect(order).toEqual([...order].sort((a, b) => a - b));
        expect(narrow.pValue).toBeGreaterThanOrEqual(0);
        expect(narrow.pValue).toBeLessThanOrEqual(1);
      }),
    );
  });
});

import { midranks } from './midranks';
import { normalQuantile, normalUpperTail } from './normal';
import { nthDifference } from './nthDifference';

/** By how much one sample lies above another. */
export interface LocationShift {
  /** Hodges and Lehmann's: the median of all differences. */
  estimate: number;
  /** Limits of the confidence interval of that. */
  lower: number;
  upper: number;
  /** Two-sided, of the hypothesis that there is no shift. */
  pValue: number;
}

/**
 * Mann and Whitney's test of x against y, by the normal approximation with corrections for ties and continuity, and
 * the shift with its interval: what R's `wilcox.test(x, y, conf.int = TRUE, exact = FALSE)` and with it Kayenta compute.
 *
 * Those search the interval's limits with Brent's method on a function of the shift. It is a step function that
 * changes only where the shift equals a difference x - y, and on the steps only the samples' own ties count, so the
 * limits are differences of known rank and are taken directly: exact, and the same on every machine, where the search
 * ends within 1e-4 of them. Neither sample may be empty.
 */
export function mannWhitney(
  x: readonly number[],
  y: readonly number[],
  confidence: number,
): LocationShift {
  const xs = [...x].sort((a, b) => a - b);
  const ys = [...y].sort((a, b) => a - b);
  const pairs = xs.length * ys.length;
  const reach =
    normalQuantile((1 + confidence) / 2) *
    deviation(xs.length, ys.length, midranks(xs).ties + midranks(ys).ties);
  const lowest = Math.max(1, Math.ceil(pairs / 2 - 0.5 - reach));
  const nth = (n: number) => nthDifference(xs, ys, n);
  return {
    estimate:
      (nth(Math.floor((pairs + 1) / 2)) + nth(Math.ceil((pairs + 1) / 2))) / 2,
    lower: nth(lowest),
    upper: nth(pairs + 1 - lowest),
    pValue: twoSided(x, y),
  };
}

function twoSided(x: readonly number[], y: readonly number[]): number {
  const { ranks, ties } = midranks([...x, ...y]);
  const rankSum = ranks.slice(0, x.length).reduce((sum, rank) => sum + rank, 0);
  const u = rankSum - (x.length * (x.length + 1)) / 2;
  const off = Math.abs(u - (x.length * y.length) / 2);
  const sigma = deviation(x.length, y.length, ties);
  if (off === 0 || sigma === 0) return 1;
  return Math.min(1, 2 * normalUpperTail((off - 0.5) / sigma));
}

/** The standard deviation of U. Equal points take from it. */
function deviation(n: number, m: number, ties: number): number {
  const all = n + m;
  const spread = all + 1 - ties / (all * (all - 1));
  return Math.sqrt(Math.max(0, ((n * m) / 12) * spread));
}

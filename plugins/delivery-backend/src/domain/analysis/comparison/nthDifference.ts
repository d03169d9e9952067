/**
 * The nth smallest (from 1) of all differences x - y, without forming them all. Both lists ascend and are not empty.
 * Halves the range of possible differences, and each time moves its ends onto differences that exist; every step reads
 * each list once.
 */
export function nthDifference(
  xs: readonly number[],
  ys: readonly number[],
  nth: number,
): number {
  let low = xs[0] - ys[ys.length - 1];
  let high = xs[xs.length - 1] - ys[0];
  while (low < high) {
    const middle = low / 2 + high / 2;
    // Between neighbouring numbers the mean is one of them; only the lower one leads on.
    const split = middle < high ? middle : low;
    const { count, below, above } = around(xs, ys, split);
    if (count >= nth) high = below;
    else low = above;
  }
  return high;
}

/** How many differences are not above `split`, the largest of them, and the smallest of the others. */
function around(xs: readonly number[], ys: readonly number[], split: number) {
  let count = 0;
  let below = -Infinity;
  let above = Infinity;
  let first = 0;
  for (const x of xs) {
    while (first < ys.length && x - ys[first] > split) first += 1;
    count += ys.length - first;
    if (first < ys.length) below = Math.max(below, x - ys[first]);
    if (first > 0) above = Math.min(above, x - ys[first - 1]);
  }
  return { count, below, above };
}

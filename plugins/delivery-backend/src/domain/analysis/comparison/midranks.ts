/** Ranks from 1 of some values, and how much their ties take from the variance of a sum of ranks. */
export interface Midranks {
  /** In the order of the values. Equal ones share the mean of their ranks. */
  ranks: number[];
  /** The sum of t³ - t over the groups of t equal values. */
  ties: number;
}

/** Ranks values, equal ones by their mean rank. */
export function midranks(values: readonly number[]): Midranks {
  const order = values.map((_, index) => index);
  order.sort((a, b) => values[a] - values[b]);
  const ranks = new Array<number>(values.length);
  let ties = 0;
  for (let first = 0; first < order.length;) {
    let end = first + 1;
    while (end < order.length && values[order[end]] === values[order[first]])
      end += 1;
    for (let at = first; at < end; at++)
      ranks[order[at]] = (first + 1 + end) / 2;
    const equal = end - first;
    ties += equal ** 3 - equal;
    first = end;
  }
  return { ranks, ties };
}

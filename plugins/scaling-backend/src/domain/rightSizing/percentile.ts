/**
 * By nearest rank: the least of the values that so many percent of them do not exceed. It is always one that was measured,
 * so that it can be found again.
 *
 * @param sorted - ascending, at least one
 * @param percent - above 0, at most 100
 */
export function percentile(sorted: readonly number[], percent: number): number {
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(rank, 1) - 1];
}

import type { WeightPoint } from '@slipway/backstage-plugin-delivery-common';

export interface WeightSample {
  /** Milliseconds since the epoch. */
  time: number;
  at: string;
  weight: number;
}

/** The weights as steps: each holds until the next, and the last until `end`. */
export function weightSeries(
  history: readonly WeightPoint[],
  end: string,
): WeightSample[] {
  const samples = history
    .map(({ at, weight }) => ({ time: Date.parse(at), at, weight }))
    .sort((a, b) => a.time - b.time);
  const last = samples.at(-1);
  if (last && Date.parse(end) > last.time) {
    samples.push({ time: Date.parse(end), at: end, weight: last.weight });
  }
  return samples;
}

import type { AutoscaleState } from './state';

/**
 * The wish that holds, of all in the windows: upwards the lowest, downwards the highest, so that neither a peak nor a
 * dip is followed at once. `state` already holds the present wish.
 */
export function stabilise(
  { wishes }: AutoscaleState,
  current: number,
  windows: { upSeconds: number; downSeconds: number },
  now: number,
): number {
  const last = wishes[wishes.length - 1];
  const within = (seconds: number) =>
    wishes
      .filter(wish => wish === last || wish.at > now - seconds * 1000)
      .map(({ replicas }) => replicas);
  const lowest = Math.min(...within(windows.upSeconds));
  const highest = Math.max(...within(windows.downSeconds));
  return Math.min(Math.max(current, lowest), highest);
}

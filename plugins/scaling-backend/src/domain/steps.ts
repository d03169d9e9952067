/** How history is kept: recent samples by the minute, older ones by the quarter of an hour. In seconds. */
export const fineStep = 60;
export const coarseStep = 900;

const hoursByMinute = 24;

/** By what step so many hours are shown. */
export function stepFor(hours: number): number {
  return hours <= hoursByMinute ? fineStep : coarseStep;
}

/** Where the step begins in which an instant lies; both in milliseconds since the epoch. */
export function stepBegin(at: number, stepSeconds: number): number {
  return at - (at % (stepSeconds * 1000));
}

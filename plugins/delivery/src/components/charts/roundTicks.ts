/** Round numbers between two values, ends included, about seven of them: what the axis of a range is marked with. */
export function roundTicks(from: number, to: number): number[] {
  const rough = (to - from) / 7;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find(one => one * power >= rough) ?? 10;
  const step = factor * power;
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  return Array.from({ length: count }, (_, index) =>
    // Multiples of 0.1 and the like are a hair off.
    Number(((first + index) * step).toPrecision(12)),
  );
}

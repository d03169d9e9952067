/** A measured number with as many digits as a person compares. */
export function roundedNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** The same with its unit, if it has one, on one line with it. */
export function withUnit(value: number, unit: string | undefined): string {
  return unit ? `${roundedNumber(value)}\u00a0${unit}` : roundedNumber(value);
}

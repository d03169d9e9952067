const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A Kubernetes quantity such as `250m` or `1.5Gi` as a number; nothing where it is none. */
export function quantityOf(text: string | undefined): number | undefined {
  const [, digits, suffix] =
    /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([numkKMGTPE]?i?)$/.exec(text ?? '') ?? [];
  const value = Number(digits);
  return digits === undefined || !(suffix in factors) || Number.isNaN(value)
    ? undefined
    : value * factors[suffix];
}

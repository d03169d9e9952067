/** The chance that a standard normal variable is above `z`. Relative error below 1e-13 down to 1e-300. */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return z < 3 ? 0.5 - density * oddSeries(z) : density / millsFraction(z);
}

/** The value that a standard normal variable is below with this chance, for chances from 0.5 up to less than 1. */
export function normalQuantile(chance: number): number {
  const tail = 1 - chance;
  let low = 0;
  let high = 40;
  // Halves 40 until neighbouring numbers are left: about sixty times, and it cannot run away as Newton's method can.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (normalUpperTail(middle) > tail) low = middle;
    else high = middle;
  }
}

// Marsaglia, Evaluating the normal distribution (2004): z + z³/3 + z⁵/(3·5) + …
function oddSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 3; term > sum * 1e-17; n += 2) {
    term *= (z * z) / n;
    sum += term;
  }
  return sum;
}

// Laplace's continued fraction of density / tail: z + 1/(z + 2/(z + 3/(z + …))). The series above would cancel here.
function millsFraction(z: number): number {
  let fraction = z;
  for (let n = 120; n > 0; n--) fraction = z + n / fraction;
  return fraction;
}

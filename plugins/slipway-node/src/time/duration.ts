const unitMs: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Seconds as a number, or a number with unit (`30s`, `5m`, `1h`, `7d`), in milliseconds. Throws `TypeError` for what is none. */
export function durationMs(duration: number | string): number {
  if (typeof duration === 'number') return Math.round(duration * 1000);
  const [, amount, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(duration) ?? [];
  if (!unit) throw new TypeError(`'${duration}' is not a duration`);
  return Number(amount) * unitMs[unit];
}

/** For people: `90 s`, `5 min`, `2 h`, `3 d`. */
export function durationInWords(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms > 0 && ms % 86_400_000 === 0) return `${ms / 86_400_000} d`;
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  if (ms % 60_000 === 0) return `${ms / 60_000} min`;
  return `${Math.round(ms / 100) / 10} s`;
}

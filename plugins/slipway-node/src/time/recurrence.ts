import { RRuleTemporal } from 'rrule-temporal';
import { instantToFloating } from './localTime';

// Finer ones would make thousands of occurrences a day, and nothing needs them.
const frequencies = ['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

// Rules of these repeat by steps of equal length in floating time, so that they may begin at any step.
const stepMs: Record<string, number> = {
  HOURLY: 3_600_000,
  DAILY: 86_400_000,
  WEEKLY: 7 * 86_400_000,
};

// With these an hourly rule could be years away from its next occurrence.
const notHourly = ['BYMONTH', 'BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO'];

// Of a rule with COUNT, which has to be spelt out from its beginning.
const mostSteps = 200_000;

const byWeekday = /^[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)$/;

const untilPattern = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/;

// What each part may hold (RFC 5545, 3.3.10). Parts that make more than one occurrence an hour are left out.
const parts: Record<string, (value: string) => boolean> = {
  FREQ: value => frequencies.includes(value),
  INTERVAL: value => inRange(value, 1, 1000),
  COUNT: value => inRange(value, 1, 1000),
  UNTIL: value => untilPattern.test(value),
  WKST: value => /^(MO|TU|WE|TH|FR|SA|SU)$/.test(value),
  BYDAY: list(value => byWeekday.test(value)),
  BYMONTH: list(value => inRange(value, 1, 12)),
  BYMONTHDAY: list(value => fromEither(value, 31)),
  BYYEARDAY: list(value => fromEither(value, 366)),
  BYWEEKNO: list(value => fromEither(value, 53)),
  BYSETPOS: list(value => fromEither(value, 366)),
  BYHOUR: list(value => inRange(value, 0, 23)),
  BYMINUTE: value => inRange(value, 0, 59),
};

/**
 * A rule over floating time (see localTime). Throws `TypeError` saying which part does not hold.
 *
 * @param start - floating milliseconds
 * @param from - floating milliseconds; occurrences before may be left out
 */
export function parseRecurrence(
  text: string,
  start: number,
  timeZone: string,
  from = start,
): RRuleTemporal {
  const found = new Map<string, string>();
  for (const part of text.replace(/^RRULE:/, '').split(';')) {
    const [name, value = '', ...more] = part.split('=');
    if (!Object.hasOwn(parts, name))
      throw new TypeError(
        `'${part}' is not a part that a recurrence may have; these are: ${Object.keys(parts).join(', ')}`,
      );
    if (more.length || !parts[name](value))
      throw new TypeError(
        name === 'FREQ'
          ? `FREQ must be one of ${frequencies.join(', ')}, not '${value}'`
          : `${name} cannot be '${value}'`,
      );
    if (found.has(name)) throw new TypeError(`${name} is there twice`);
    found.set(name, value);
  }
  if (!found.has('FREQ')) throw new TypeError('FREQ is missing');
  const tooRare = notHourly.find(name => found.has(name));
  if (found.get('FREQ') === 'HOURLY' && tooRare)
    throw new TypeError(`FREQ=HOURLY does not go with ${tooRare}`);
  if (found.has('COUNT') && found.has('UNTIL'))
    throw new TypeError('COUNT and UNTIL exclude each other');
  const until = found.get('UNTIL');
  if (until) found.set('UNTIL', utcStamp(floatingUntil(until, timeZone)));
  const rule = [...found].map(([name, value]) => `${name}=${value}`).join(';');
  try {
    return new RRuleTemporal({
      rruleString: `DTSTART:${utcStamp(firstStep(found, start, from))}\nRRULE:${rule}`,
      // The whole list of an hourly rule without end would be kept.
      cache: false,
      maxIterations: mostSteps,
    });
  } catch (error) {
    throw new TypeError(
      `cannot be understood: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** The last step up to `from`, so that an old rule costs no more than a new one. */
function firstStep(
  rule: ReadonlyMap<string, string>,
  start: number,
  from: number,
): number {
  const step =
    stepMs[rule.get('FREQ') ?? ''] * Number(rule.get('INTERVAL') ?? 1);
  if (Number.isNaN(step) || rule.has('COUNT') || from <= start) return start;
  return start + Math.floor((from - start) / step) * step;
}

// In UTC with Z; else a local time, and a date alone means until its end.
function floatingUntil(until: string, timeZone: string): number {
  const [, year, month, day, hour = '23', minute = '59', second = '59', zulu] =
    untilPattern.exec(until)!;
  const stamp = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}Z`,
  );
  if (Number.isNaN(stamp)) throw new TypeError(`UNTIL cannot be '${until}'`);
  return zulu ? instantToFloating(stamp, timeZone) : stamp;
}

function utcStamp(floating: number): string {
  return `${new Date(floating).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function list(valid: (value: string) => boolean) {
  return (values: string) => values.split(',').every(valid);
}

function inRange(value: string, least: number, most: number): boolean {
  return /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}

function fromEither(value: string, most: number): boolean {
  return (
    /^[+-]?\d+$/.test(value) && inRange(value.replace(/^[+-]/, ''), 1, most)
  );
}

import type { FieldProblem } from '../api/FieldError';
import { durationMs } from './duration';
import { isTimeZone, localStart } from './localTime';
import {
  type Occurrence,
  occurrences,
  type RecurringTime,
} from './occurrences';
import { parseRecurrence } from './recurrence';

const yearMs = 366 * 86_400_000;

/** What is wrong with a time that keeps to its schema. Pointers are into the time itself, such as `/recurrence`. */
export function recurringTimeProblems(time: RecurringTime): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const refuse = (field: keyof RecurringTime, detail: string) =>
    problems.push({ pointer: `/${field}`, detail });
  if (!isTimeZone(time.timeZone))
    refuse(
      'timeZone',
      `there is no time zone '${time.timeZone}'; write one of IANA's, such as Europe/Berlin`,
    );
  if (durationMs(time.duration) === 0)
    refuse('duration', 'must be more than 0');
  if (durationMs(time.duration) > yearMs)
    refuse('duration', 'must be at most 366 days');
  const start = startOf(time.start);
  if (start === undefined)
    refuse('start', `'${time.start}' is no date and time`);
  if (problems.length || start === undefined || time.recurrence === undefined)
    return problems;
  try {
    parseRecurrence(time.recurrence, start, time.timeZone);
  } catch (error) {
    refuse('recurrence', error instanceof Error ? error.message : `${error}`);
    return problems;
  }
  if (!firstOccurrence(time))
    refuse('recurrence', 'never happens: there is no such day in 50 years');
  return problems;
}

/** The first one ever, or none in 50 years. Throws `TypeError` for a time that does not hold. */
export function firstOccurrence(time: RecurringTime): Occurrence | undefined {
  const from = localStart(time.start) - 2 * 86_400_000;
  // Soon, else year by year, so that a frequent rule is not spelt out over all of them.
  const [soon] = occurrences(time, from, from + 9 * 86_400_000);
  if (soon) return soon;
  for (let year = 0; year < 50; year++) {
    const [found] = occurrences(
      time,
      from + year * yearMs,
      from + (year + 1) * yearMs,
    );
    if (found) return found;
  }
  return undefined;
}

function startOf(start: string): number | undefined {
  try {
    return localStart(start);
  } catch {
    return undefined;
  }
}

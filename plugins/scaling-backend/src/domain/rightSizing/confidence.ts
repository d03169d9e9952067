import type { ResourceSizing } from '@slipway/backstage-plugin-scaling-common';
import type { Seen } from './seen';

const daySeconds = 86_400;

/** Less is not judged at all. */
export const leastSeconds = daySeconds;

/**
 * How far a recommendation can be trusted, and what that rests on.
 *
 * @param least - days below it are alike, whatever their ratio
 */
export function confidenceOf(
  { byDay: measured, coverage, seconds }: Seen,
  least: number,
): { confidence: ResourceSizing['confidence']; reasons: string[] } {
  const days = seconds / daySeconds;
  const byDay = measured.map(value => Math.max(value, least));
  const swing = byDay.length > 1 ? Math.max(...byDay) / Math.min(...byDay) : 1;
  const doubts = [
    ...(days < 6.5
      ? [`only ${oneDecimal(days)} days were seen, not a whole week`]
      : []),
    ...(coverage < 0.9
      ? [`there are samples for ${percent(coverage)} of the time only`]
      : []),
    ...(swing > 1.5
      ? [
          `days differ: the highest asks for ${oneDecimal(swing)} times what the lowest does`,
        ]
      : []),
    ...grows(byDay),
  ];
  const isPoor = days < 3 || coverage < 0.5;
  if (!doubts.length)
    return {
      confidence: 'high',
      reasons: [
        `${oneDecimal(days)} days were seen, with samples for ${percent(coverage)} of the time, and days alike`,
      ],
    };
  return {
    confidence: isPoor || doubts.length > 2 ? 'low' : 'medium',
    reasons: doubts,
  };
}

/** Whether the later half of the days lies well above the first: then what was seen may not be what will be. */
function grows(byDay: readonly number[]): string[] {
  if (byDay.length < 4) return [];
  const half = Math.floor(byDay.length / 2);
  const first = mean(byDay.slice(0, half));
  const last = mean(byDay.slice(-half));
  if (last <= first * 1.2) return [];
  return [
    `it grows: the later days lie ${percent(last / first - 1)} above the first`,
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

function oneDecimal(value: number): string {
  return String(Math.round(value * 10) / 10);
}

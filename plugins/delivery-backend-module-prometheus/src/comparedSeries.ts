import { InputError } from '@backstage/errors';
import type { MeasuredSeries } from '@slipway/backstage-plugin-delivery-node';
import {
  incompleteBecause,
  type QueryAnswer,
  readNumber,
} from '@slipway/backstage-plugin-prometheus-node';

type Point = [at: number, number: number];

/**
 * The points of both releases from the new one's first on, so that the two are seen under the same conditions. None
 * where an answer may be incomplete. Throws `InputError` when a query gives several series.
 */
export function comparedSeries(
  answers: { canary: QueryAnswer; stable: QueryAnswer },
  unit?: string,
): MeasuredSeries {
  const both = [answers.canary, answers.stable];
  const incomplete = both.map(incompleteBecause).find(Boolean);
  if (incomplete)
    return {
      canary: [],
      stable: [],
      ...(unit && { unit }),
      message: incomplete,
    };
  const [canary, stable] = both.map(pointsOf);
  const first = canary[0]?.[0] ?? Infinity;
  return {
    canary: canary.map(([, number]) => number),
    stable: stable.filter(([at]) => at >= first).map(([, number]) => number),
    ...(unit && { unit }),
  };
}

/** Moments at which there is nothing to say are left out. */
function pointsOf({ data }: QueryAnswer): Point[] {
  if (data.resultType !== 'matrix')
    throw new InputError(
      `The query gives a ${data.resultType} where points are wanted`,
    );
  if (data.result.length > 1)
    throw new InputError(
      `The query gives ${data.result.length} series for one release where one is wanted; aggregate them, as with sum(…)`,
    );
  return (data.result[0]?.values ?? [])
    .map(([at, text]): Point => [at, readNumber(text)])
    .filter(([, number]) => Number.isFinite(number));
}

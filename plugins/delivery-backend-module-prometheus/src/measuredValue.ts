import { InputError } from '@backstage/errors';
import type { MeasuredValue } from '@slipway/backstage-plugin-delivery-node';
import {
  incompleteBecause,
  type QueryAnswer,
  readNumber,
  remarksOn,
} from '@slipway/backstage-plugin-prometheus-node';
import type { PrometheusQuery } from './prometheusQuery';

const MAX_SHOWN = 5;

/**
 * What conditions get to see of an answer. No series, a number that is none, an infinite one and an answer that may be
 * incomplete are nothing to judge. Throws `InputError` when the query is not one for a single number, where one is wanted.
 */
export function measuredValue(
  answer: QueryAnswer,
  { result, unit }: Pick<PrometheusQuery, 'result' | 'unit'>,
  query: string,
): MeasuredValue {
  const numbers = numbersOf(answer, query);
  if (result === 'number' && numbers.length > 1)
    throw new InputError(
      `The query gives ${numbers.length} series where one number is wanted; aggregate them, as with sum(…), or set 'result: list'. The query was: ${query}`,
    );
  const why = nothingBecause(answer, numbers, query);
  if (why) return { result: null, message: why };
  const [first] = numbers;
  const shown = numbers
    .slice(0, MAX_SHOWN)
    .map(number => Number(number.toPrecision(4)))
    .join(', ');
  const words = [
    numbers.length > 1 ? `${numbers.length} series: ${shown}` : shown,
    ...(numbers.length > MAX_SHOWN ? ['…'] : []),
    ...(unit ? [unit] : []),
  ].join(' ');
  const remarks = remarksOn(answer);
  return {
    // Argo Rollouts gives conditions a list for every vector.
    result: result === 'list' ? numbers : first,
    ...(numbers.length === 1 && { value: first }),
    message: remarks ? `${words}; ${remarks}` : words,
  };
}

function numbersOf({ data }: QueryAnswer, query: string): number[] {
  switch (data.resultType) {
    case 'scalar':
      return [readNumber(data.result[1])];
    case 'vector':
      return data.result.map(({ value }) => {
        if (!value)
          throw new InputError(
            `The query gives histograms; take a number of them, as with histogram_quantile(…). The query was: ${query}`,
          );
        return readNumber(value[1]);
      });
    default:
      throw new InputError(
        `The query gives a ${data.resultType} where numbers are wanted. The query was: ${query}`,
      );
  }
}

function nothingBecause(
  answer: QueryAnswer,
  numbers: number[],
  query: string,
): string | undefined {
  const incomplete = incompleteBecause(answer);
  if (incomplete) return incomplete;
  if (numbers.length === 0) return `no series for ${query}`;
  if (numbers.some(Number.isNaN))
    return `not a number, as where nothing is divided by nothing: ${query}`;
  if (!numbers.every(Number.isFinite))
    return `infinite, as where something is divided by nothing: ${query}`;
  return undefined;
}

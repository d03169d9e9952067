import { ServiceUnavailableError } from '@backstage/errors';
import {
  incompleteBecause,
  type QueryAnswer,
  readNumber,
} from '@slipway/backstage-plugin-prometheus-node';

type Labels = Record<string, string>;

/** The numbers of an instant query, with their labels. Throws `ServiceUnavailableError` where some may be missing. */
export function vectorOf(
  answer: QueryAnswer,
): Array<{ labels: Labels; value: number }> {
  const { data } = complete(answer);
  if (data.resultType !== 'vector') return [];
  return data.result.flatMap(({ metric = {}, value }) => {
    const number = value ? readNumber(value[1]) : NaN;
    return Number.isFinite(number) ? [{ labels: metric, value: number }] : [];
  });
}

/** The series of a range query. Throws `ServiceUnavailableError` where some may be missing. */
export function matrixOf(
  answer: QueryAnswer,
): Array<{ labels: Labels; points: Array<{ at: number; value: number }> }> {
  const { data } = complete(answer);
  if (data.resultType !== 'matrix') return [];
  return data.result.map(({ metric = {}, values = [] }) => ({
    labels: metric,
    points: values.flatMap(([seconds, text]) => {
      const value = readNumber(text);
      return Number.isFinite(value)
        ? [{ at: Math.round(seconds * 1000), value }]
        : [];
    }),
  }));
}

function complete(answer: QueryAnswer): QueryAnswer {
  const missing = incompleteBecause(answer);
  if (missing) throw new ServiceUnavailableError(`Prometheus: ${missing}`);
  return answer;
}

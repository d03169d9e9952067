import { z } from 'zod';

/** The moment, in seconds since the epoch, and the number as text: JSON has no NaN and no infinity. */
const point = z.tuple([z.number(), z.string()]);

const labels = z.record(z.string(), z.string()).optional();

const data = z.discriminatedUnion('resultType', [
  z.object({ resultType: z.literal('scalar'), result: point }),
  z.object({
    resultType: z.literal('vector'),
    // A native histogram has `histogram` in place of `value`.
    result: z.array(z.object({ metric: labels, value: point.optional() })),
  }),
  z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({ metric: labels, values: z.array(point).optional() }),
    ),
  }),
  z.object({ resultType: z.literal('string'), result: z.unknown() }),
]);

/** What is needed of Prometheus' HTTP API v1. */
export const answerSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data,
    warnings: z.array(z.string()).optional(),
  }),
  z.object({
    status: z.literal('error'),
    errorType: z.string(),
    error: z.string(),
  }),
]);

/** What a query came to. @public */
export interface QueryAnswer {
  data:
    | { resultType: 'scalar'; result: QueryPoint }
    | {
        resultType: 'vector';
        result: Array<{ metric?: Record<string, string>; value?: QueryPoint }>;
      }
    | {
        resultType: 'matrix';
        result: Array<{
          metric?: Record<string, string>;
          values?: QueryPoint[];
        }>;
      }
    | { resultType: 'string'; result?: unknown };
  warnings: string[];
}

/** Seconds since the epoch, and the number as text; see `readNumber`. @public */
export type QueryPoint = [number, string];

/** A number as Prometheus writes it: `NaN`, `+Inf` and `-Inf` among them. @public */
export function readNumber(text: string): number {
  const infinity = /^([+-]?)Inf$/.exec(text);
  if (infinity) return infinity[1] === '-' ? -Infinity : Infinity;
  return Number(text);
}

/**
 * Why an answer may not be the whole one, such as a remote store that is down. Remarks on the query itself do not say
 * that anything is missing.
 *
 * @public
 */
export function incompleteBecause({
  warnings,
}: QueryAnswer): string | undefined {
  const missing = warnings.filter(text => !text.startsWith('PromQL '));
  return missing.length
    ? `the answer may be incomplete: ${shortened(missing)}`
    : undefined;
}

/** What Prometheus remarks on the query itself. @public */
export function remarksOn({ warnings }: QueryAnswer): string | undefined {
  const remarks = warnings.filter(text => text.startsWith('PromQL '));
  return remarks.length ? shortened(remarks) : undefined;
}

function shortened(texts: string[]): string {
  const all = texts.join('; ');
  return all.length > 300 ? `${all.slice(0, 300)}…` : all;
}

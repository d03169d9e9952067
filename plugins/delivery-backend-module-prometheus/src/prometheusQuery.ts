import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { QueryTemplate } from './QueryTemplate';
import {
  MAX_STEP_SECONDS,
  MAX_TIMEOUT_SECONDS,
} from '@slipway/backstage-plugin-prometheus-node';

const MAX_WINDOW_SECONDS = 7 * 86_400;

/** What is asked of which Prometheus. */
export interface PrometheusQuery {
  /** The only one that is configured when left out. */
  server?: string;
  template: QueryTemplate;
  /** What conditions see as `result`. */
  result: 'number' | 'list';
  windowSeconds: number;
  /** As the server's configuration says when left out. */
  stepSeconds?: number;
  timeoutSeconds?: number;
  unit?: string;
}

/** JSON Schema (2020-12) of what people write under `prometheus`. */
export const prometheusQuerySchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['query'],
  properties: {
    query: {
      type: 'string',
      minLength: 1,
      maxLength: 10_000,
      description:
        'PromQL that gives one number, with variables such as {{ version }} in values of labels and {{ window }} as a duration.',
    },
    server: {
      type: 'string',
      description:
        'One of delivery.prometheus.servers; needed where there are several.',
    },
    result: {
      enum: ['number', 'list'],
      default: 'number',
      description:
        'What conditions see as result: one number, or the list of all series, as in Argo Rollouts.',
    },
    windowSeconds: {
      type: 'integer',
      minimum: 1,
      maximum: MAX_WINDOW_SECONDS,
      description:
        'How far back at most; never before traffic was last shifted.',
    },
    stepSeconds: {
      type: 'integer',
      minimum: 1,
      maximum: MAX_STEP_SECONDS,
      description: 'From one point of a comparison to the next.',
    },
    timeoutSeconds: {
      type: 'number',
      minimum: 1,
      maximum: MAX_TIMEOUT_SECONDS,
    },
    unit: {
      type: 'string',
      maxLength: 20,
      description: 'For people, such as s.',
    },
  },
};

const VARIABLES = [
  'component',
  'componentRef',
  'environment',
  'release',
  'version',
  'role',
  'stable.release',
  'stable.version',
  'window',
  'step',
];

/** Reads a query that the schema has let through. Throws `InputError` for all that the schema cannot say. */
export function parsePrometheusQuery(query: JsonObject): PrometheusQuery {
  const written = query as unknown as Partial<
    Omit<PrometheusQuery, 'template'>
  > & { query: string };
  const { query: text, result = 'number', ...rest } = written;
  const template = new QueryTemplate(text);
  for (const name of template.names)
    if (!VARIABLES.includes(name) && !/^target\.[\w-]+$/.test(name))
      throw new InputError(
        `'query' has no variable '{{ ${name} }}'; there are ${VARIABLES.join(', ')} and target.<key>`,
      );
  return {
    ...rest,
    template,
    result,
    windowSeconds: rest.windowSeconds ?? MAX_WINDOW_SECONDS,
  };
}

/** Why a query cannot be used for what its metric wants of it, or `undefined`. */
export function misuseOf(
  { result, stepSeconds, template: { names } }: PrometheusQuery,
  compared: boolean,
): string | undefined {
  if (!compared) {
    if (names.has('step') || stepSeconds !== undefined)
      return "Only comparisons have a step; use '{{ window }}'";
    return undefined;
  }
  if (names.has('window'))
    return "A point of a comparison covers one step; use '{{ step }}' in place of '{{ window }}'";
  if (result !== 'number')
    return "A comparison needs one number for each point; leave 'result' out";
  if (!['release', 'version', 'role'].some(name => names.has(name)))
    return "Both releases would be given the same points: a comparison's query needs '{{ version }}', '{{ release }}' or '{{ role }}'";
  return undefined;
}

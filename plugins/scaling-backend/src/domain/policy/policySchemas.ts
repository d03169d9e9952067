import type {
  PolicyMetric,
  ScalingPolicy,
} from '@slipway/backstage-plugin-scaling-common';
import {
  type FieldProblem,
  schemaProblems,
} from '@slipway/backstage-plugin-slipway-node';
import Ajv2020 from 'ajv/dist/2020';
import { openApiDocument } from '../../schema/openapi.generated';

const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
ajv.addSchema({ $id: 'openapi', components: openApiDocument.components });

const schema = <T>(name: keyof typeof openApiDocument.components.schemas) =>
  ajv.compile<T>({ $ref: `openapi#/components/schemas/${name}` });

// The API's own schemas: a document is what the API shows.
const isPolicy = schema<ScalingPolicy>('ScalingPolicy');

const metrics: Record<string, ReturnType<typeof schema>> = {
  cpu: schema('CpuPolicyMetric'),
  memory: schema('MemoryPolicyMetric'),
  requestsPerReplica: schema('RequestsPolicyMetric'),
  queueLength: schema('QueuePolicyMetric'),
  prometheus: schema('PrometheusPolicyMetric'),
} satisfies Record<PolicyMetric['type'], unknown>;

const metricPointer = /^\/spec\/metrics\/\d+(\/|$)/;

/** The policy, or each field that does not keep to the schema. */
export function schemaChecked(
  value: unknown,
): { policy: ScalingPolicy } | { problems: FieldProblem[] } {
  if (isPolicy(value)) return { policy: value };
  // Of a metric only what its own type says is worth telling, not that it is none of the other types.
  const elsewhere = schemaProblems(isPolicy).filter(
    ({ pointer }) => !metricPointer.test(pointer),
  );
  return { problems: [...elsewhere, ...metricProblems(value)] };
}

function metricProblems(value: unknown): FieldProblem[] {
  const found = (value as { spec?: { metrics?: unknown } } | null)?.spec
    ?.metrics;
  if (!Array.isArray(found)) return [];
  return found.flatMap((metric, index) => {
    const at = `/spec/metrics/${index}`;
    const type: unknown = metric?.type;
    if (typeof type !== 'string' || !Object.hasOwn(metrics, type))
      return [
        {
          pointer: `${at}/type`,
          detail: `must be one of ${Object.keys(metrics).join(', ')}`,
        },
      ];
    const isMetric = metrics[type];
    return isMetric(metric)
      ? []
      : schemaProblems(isMetric).map(({ pointer, detail }) => ({
          pointer: `${at}${pointer}`,
          detail,
        }));
  });
}

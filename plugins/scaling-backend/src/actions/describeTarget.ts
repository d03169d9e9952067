import { changeSummary, changeSummarySchema } from './changeSummary';
import { targetId } from './inputs';
import { targetSummary, targetSummarySchema } from './targetSummary';
import { callerOf, type Toolbox } from './Toolbox';

export function registerDescribeTarget(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'describe-scaling-target',
    title: 'Say how a workload scales, and why it does not',
    description: `Says of one workload what its autoscaler looks at, what keeps it from scaling, how it may be scaled by the caller,
and the last changes of its replicas.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ targetId: targetId(z) }).strict(),
      output: z =>
        z.object({
          ...targetSummarySchema(z),
          metrics: z.array(
            z.object({
              name: z.string(),
              current: z.string().optional(),
              target: z.string().optional(),
            }),
          ),
          conditions: z.array(
            z.object({ severity: z.string(), message: z.string() }),
          ),
          bounds: z
            .object({ min: z.number(), max: z.number() })
            .describe('Of scaling by hand'),
          untilRequired: z
            .boolean()
            .describe('Whether scaling by hand needs an end here'),
          allowedActions: z.record(
            z.object({ allowed: z.boolean(), reason: z.string().optional() }),
          ),
          changes: z.array(changeSummarySchema(z)).describe('Newest first'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { changeReader, changes, targets } = toolbox.services;
      const caller = callerOf(toolbox, credentials);
      const [target, options, last] = await Promise.all([
        targets.get(input.targetId, caller),
        changes.choices(input.targetId, caller),
        changeReader.list(
          { targetId: input.targetId, sort: '-createdAt', limit: 5 },
          caller,
        ),
      ]);
      return {
        output: {
          ...targetSummary(target),
          metrics: target.metrics.map(({ name, current, target: kept }) => ({
            name,
            current,
            target: kept,
          })),
          conditions: target.conditions.map(({ severity, message }) => ({
            severity,
            message,
          })),
          bounds: options.bounds,
          untilRequired: options.untilRequired,
          allowedActions: options.allowedActions,
          changes: last.items.map(changeSummary),
        },
      };
    },
  });
}

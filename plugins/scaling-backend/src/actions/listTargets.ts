import { entityRef } from './inputs';
import { targetSummary, targetSummarySchema } from './targetSummary';
import { callerOf, type Toolbox } from './Toolbox';

export function registerListTargets(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'list-scaling-targets',
    title: 'List how many replicas run where',
    description: `Lists workloads with replicas, their limits, what drives them and their load. Filter by any of the inputs.
attention is true where something keeps one from scaling, or nobody knows how many there are: look at it with describe-scaling-target.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z
          .object({
            componentRef: entityRef(z)
              .optional()
              .describe('Such as component:default/checkout'),
            environmentRef: entityRef(z)
              .optional()
              .describe('Such as resource:default/production'),
            attention: z.boolean().optional(),
            cursor: z
              .string()
              .max(512)
              .optional()
              .describe('nextCursor of the page before'),
            limit: z.number().int().min(1).max(200).default(20),
          })
          .strict(),
      output: z =>
        z.object({
          items: z.array(z.object(targetSummarySchema(z))),
          totalItems: z.number().describe('Of all pages'),
          nextCursor: z.string().optional().describe('Absent on the last page'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { items, ...page } = await toolbox.services.targets.list(
        { ...input, sort: 'component' },
        callerOf(toolbox, credentials),
      );
      return { output: { ...page, items: items.map(targetSummary) } };
    },
  });
}

import { componentRef, environmentRef, pageOutput, paging } from './inputs';
import { rolloutSummary, rolloutSummarySchema } from './rolloutSummary';
import { callerOf, type Toolbox } from './Toolbox';

export function registerListRollouts(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'list-rollouts',
    title: 'List rollouts',
    description: `Lists rollouts and rollbacks, newest first. With active: true only those still under way, with
waitingFor: person only those where nothing goes on until a person decides.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z
          .object({
            componentRef: componentRef(z).optional(),
            environmentRef: environmentRef(z).optional(),
            active: z.boolean().optional(),
            waitingFor: z.literal('person').optional(),
            ...paging(z),
          })
          .strict(),
      output: z =>
        z.object({
          items: z.array(rolloutSummarySchema(z)),
          ...pageOutput(z),
        }),
    },
    action: async ({ input, credentials }) => {
      const { items, ...page } = await toolbox.services.rolloutReader.list(
        { ...input, descending: true },
        callerOf(toolbox, credentials),
      );
      return { output: { ...page, items: items.map(rolloutSummary) } };
    },
  });
}

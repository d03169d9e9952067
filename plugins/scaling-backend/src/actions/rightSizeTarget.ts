import { targetId } from './inputs';
import { callerOf, type Toolbox } from './Toolbox';

export function registerRightSizeTarget(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'right-size-scaling-target',
    title: 'Say how much CPU and memory a workload should request',
    description: `Says of each container of a workload how much CPU (cores) and memory (bytes) it should request, by what it used in
the last days, with the arithmetic, how far it can be trusted and why, and what it would save. It changes nothing: write what is
recommended into the component's next release, where the verdict is lower, raise or set.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z
          .object({
            targetId: targetId(z),
            days: z
              .number()
              .int()
              .min(1)
              .max(30)
              .optional()
              .describe('So many are looked at; 7 when left out'),
          })
          .strict(),
      output: z =>
        z.object({
          refused: z.string().optional().describe('Why there is none'),
          containers: z.array(
            z.object({
              container: z.string(),
              resources: z.array(
                z
                  .object({
                    resource: z.string(),
                    request: z.number().optional().describe('The present one'),
                    recommended: z.number(),
                    verdict: z.string(),
                    confidence: z.string(),
                    reasons: z.array(z.string()),
                  })
                  .passthrough(),
              ),
            }),
          ),
          saving: z
            .object({ currency: z.string(), perMonth: z.number() })
            .passthrough()
            .optional(),
          noSaving: z.string().optional(),
          notes: z.array(z.string()).describe('What to mind'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { containers, notes, noSaving, refused, saving } =
        await toolbox.services.rightSizing.recommend(
          input.targetId,
          { days: input.days ?? 7 },
          callerOf(toolbox, credentials),
        );
      return {
        output: { refused, containers, saving, noSaving, notes },
      };
    },
  });
}

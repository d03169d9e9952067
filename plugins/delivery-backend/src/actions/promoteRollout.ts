import { id, idempotencyKey, reason } from './inputs';
import { rolloutSummary, rolloutSummarySchema } from './rolloutSummary';
import { callerOf, type Toolbox } from './Toolbox';

export function registerPromoteRollout(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'promote-rollout',
    title: 'Promote a rollout',
    description: `Lets a rollout that waits go on to its next step, which sends more traffic to the new release. With full: true all
remaining steps, verification included, are skipped and all traffic goes there at once: only when a person asks for that in words.`,
    // Twice promotes two steps.
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z =>
        z
          .object({
            rolloutId: id(z),
            full: z.boolean().default(false),
            expectedVersion: z
              .number()
              .int()
              .min(0)
              .optional()
              .describe(
                'The version that was looked at; refused when the rollout has changed since',
              ),
            reason: reason(z),
            idempotencyKey: idempotencyKey(z),
          })
          .strict(),
      output: rolloutSummarySchema,
    },
    action: async ({ input, credentials }) => {
      const { rolloutId, full, idempotencyKey: key, ...options } = input;
      const rollout = await toolbox.services.rollouts.act(
        rolloutId,
        full ? 'promoteFull' : 'promote',
        options,
        callerOf(toolbox, credentials, key),
      );
      return { output: rolloutSummary(rollout) };
    },
  });
}

import { id, idempotencyKey, reason } from './inputs';
import { rolloutSummary, rolloutSummarySchema } from './rolloutSummary';
import { callerOf, type Toolbox } from './Toolbox';

export function registerAbortRollout(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'abort-rollout',
    title: 'Abort a rollout',
    description: `Stops a rollout that is under way and brings back the release that ran before. Use start-rollback for one that has ended.`,
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: {
      input: z =>
        z
          .object({
            rolloutId: id(z),
            reason: reason(z),
            idempotencyKey: idempotencyKey(z),
          })
          .strict(),
      output: rolloutSummarySchema,
    },
    action: async ({ input, credentials }) => {
      const { rolloutId, idempotencyKey: key, ...options } = input;
      const rollout = await toolbox.services.rollouts.act(
        rolloutId,
        'abort',
        options,
        callerOf(toolbox, credentials, key),
      );
      return { output: rolloutSummary(rollout) };
    },
  });
}

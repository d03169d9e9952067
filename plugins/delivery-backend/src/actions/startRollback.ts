import {
  componentRef,
  environmentRef,
  id,
  idempotencyKey,
  reason,
} from './inputs';
import { rolloutSummary, rolloutSummarySchema } from './rolloutSummary';
import { callerOf, type Toolbox } from './Toolbox';

export function registerStartRollback(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'start-rollback',
    title: 'Roll back',
    description: `Brings one environment of a component back to an earlier release, quickly and without verification: the one before the
present when toReleaseId is left out. While a rollout is under way there, that one is aborted, which does just that.`,
    // Twice would go two releases back.
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z =>
        z
          .object({
            componentRef: componentRef(z),
            environmentRef: environmentRef(z),
            toReleaseId: id(z).optional().describe('Of list-releases'),
            reason: reason(z),
            idempotencyKey: idempotencyKey(z),
          })
          .strict(),
      output: rolloutSummarySchema,
    },
    action: async ({ input, credentials }) => {
      const { idempotencyKey: key, ...request } = input;
      const { rollout } = await toolbox.services.rollbacks.start(
        request,
        callerOf(toolbox, credentials, key),
      );
      return { output: rolloutSummary(rollout) };
    },
  });
}

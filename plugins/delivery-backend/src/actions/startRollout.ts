import type { StartRolloutRequest } from '@slipway/backstage-plugin-delivery-common';
import { checkRequest } from '../schema/checkRequest';
import {
  componentRef,
  environmentRef,
  id,
  idempotencyKey,
  reason,
} from './inputs';
import { rolloutSummary, rolloutSummarySchema } from './rolloutSummary';
import { callerOf, type Toolbox } from './Toolbox';

export function registerStartRollout(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'start-rollout',
    title: 'Deploy a release',
    description: `Rolls a release of a component out to one environment: replaces what runs there, step by step. Answers at once with the
rollout; follow it with describe-rollout. Verification that fails takes it back by itself. Without a strategy the one configured for
the environment's tier is used. Refused while another rollout is under way there, and for who may not deploy there.`,
    // What ran is replaced, and a second call after a failed rollout tries again.
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z =>
        z
          .object({
            componentRef: componentRef(z),
            environmentRef: environmentRef(z),
            releaseId: id(z).describe('Of list-releases'),
            strategy: z
              .object({})
              .passthrough()
              .optional()
              .describe(
                'Exactly one of rolling, blueGreen, canary. For example {"canary": {"steps": [{"setWeight": 20}, {"pause": {"duration": "30s"}}]}}',
              ),
            replicas: z
              .number()
              .int()
              .min(1)
              .max(1000)
              .optional()
              .describe('How many copies; as many as now when left out'),
            reason: reason(z),
            idempotencyKey: idempotencyKey(z),
          })
          .strict(),
      output: rolloutSummarySchema,
    },
    examples: [
      {
        title: 'Deploy a release to production',
        input: {
          componentRef: 'component:default/checkout',
          environmentRef: 'resource:default/production',
          releaseId: '0b6b1f6e-6c0d-4a7e-9d2b-4a9f2f6f6d55',
          reason: 'Fixes the rounding of totals',
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const { idempotencyKey: key, ...request } = input;
      const { rollout } = await toolbox.services.rollouts.start(
        checkRequest<StartRolloutRequest>('StartRolloutRequest', request),
        callerOf(toolbox, credentials, key),
      );
      return { output: rolloutSummary(rollout) };
    },
  });
}

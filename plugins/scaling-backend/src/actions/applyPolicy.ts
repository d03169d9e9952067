import type { ApplyPolicyRequest } from '@slipway/backstage-plugin-scaling-common';
import { checkRequest } from '../schema/checkRequest';
import { changeSummary, changeSummarySchema } from './changeSummary';
import { idempotencyKey, reason, targetId } from './inputs';
import { callerOf, type Toolbox } from './Toolbox';

export function registerApplyPolicy(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'apply-scaling-policy',
    title: 'Have a workload scale by a policy',
    description: `Has a workload scale by a ScalingPolicy document, given as YAML. It is checked and tried without effect at once. People
who have to agree are asked in the caller's name, and it begins when they have agreed and a window is open. Takes the place of the
policy that stands. Follow it with describe-scaling-target.`,
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z =>
        z
          .object({
            targetId: targetId(z),
            policy: z
              .string()
              .min(1)
              .max(100_000)
              .describe('A document of kind: ScalingPolicy, as YAML'),
            reason: reason(z),
            idempotencyKey: idempotencyKey(z),
          })
          .strict(),
      output: changeSummarySchema,
    },
    action: async ({ input, credentials }) => {
      const { idempotencyKey: key, targetId: id, ...request } = input;
      const { change } = await toolbox.services.policies.apply(
        id,
        checkRequest<ApplyPolicyRequest>('ApplyPolicyRequest', request),
        callerOf(toolbox, credentials, key),
      );
      return { output: changeSummary(change) };
    },
  });
}

import type { AuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import type { ScalingClient } from '@slipway/backstage-plugin-scaling-common';
import { AsCaller } from '../AsCaller';
import { idempotencyKey } from '../delivery/idempotencyKey';
import { findTarget } from '../scaling/findTarget';
import { followChange } from '../scaling/followChange';
import { examples } from './applyScalingPolicy.examples';

/** Long enough for people to come back from a weekend. */
const defaultTimeoutSeconds = 8 * 86_400;

export function createApplyScalingPolicyAction(options: {
  scalingClient: ScalingClient;
  auth: AuthService;
  pollMs?: number;
}) {
  const { auth, pollMs, scalingClient } = options;
  return createTemplateAction({
    id: 'slipway:scaling-policy:apply',
    description:
      'Has a component scale by a policy in an environment, in the name of whoever runs the task. People who have to agree are asked; waits until they have, a window is open, and the policy works. Fails when somebody says no.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        componentRef: z =>
          z.string({ description: 'Such as component:default/checkout' }),
        environment: z =>
          z.string({ description: 'Its name, or its entity reference' }),
        workload: z =>
          z
            .string({
              description:
                'Such as Deployment/checkout; where the component has several',
            })
            .optional(),
        policy: z =>
          z
            .union([z.string(), z.record(z.unknown())])
            .describe('A document of kind: ScalingPolicy, or its YAML'),
        reason: z => z.string().min(1).max(2000),
        wait: z =>
          z
            .boolean({
              description: 'Whether to wait until it works; true by default',
            })
            .optional(),
        timeoutSeconds: z =>
          z
            .number({
              description: 'How long the task waits; eight days when left out',
            })
            .min(1)
            .max(2_592_000)
            .optional(),
      },
      output: {
        changeId: z => z.string(),
        approvals: z =>
          z.array(z.string(), { description: 'That were asked for' }),
      },
    },
    async handler(ctx) {
      const {
        policy,
        reason,
        timeoutSeconds = defaultTimeoutSeconds,
        wait = true,
      } = ctx.input;
      const scaling = new AsCaller(
        'scaling',
        scalingClient,
        auth,
        await ctx.getInitiatorCredentials(),
      );
      const target = await findTarget(scaling, ctx.input);
      if (ctx.isDryRun) {
        const { allowedActions } = await scaling.call((api, call) =>
          api.getOptions(target.id, call),
        );
        if (!allowedActions.applyPolicy?.allowed)
          throw new NotAllowedError(allowedActions.applyPolicy?.reason);
        ctx.logger.info(
          `Would have ${target.workload} in ${target.environmentName} scale by the policy`,
        );
        ctx.output('changeId', 'dry-run');
        ctx.output('approvals', []);
        return;
      }
      const { approvals, changeId } = await ctx.checkpoint({
        key: 'change',
        fn: async () => {
          const change = await scaling.call((api, call) =>
            api.applyPolicy(
              target.id,
              { policy: policy as string | JsonObject, reason },
              { ...call, idempotencyKey: idempotencyKey(ctx) },
            ),
          );
          return { changeId: change.id, approvals: change.approvals ?? [] };
        },
      });
      ctx.output('changeId', changeId);
      ctx.output('approvals', approvals);
      if (!wait) return;
      await followChange({
        scaling,
        id: changeId,
        logger: ctx.logger,
        signal: ctx.signal,
        timeoutSeconds,
        pollMs,
      });
    },
  });
}

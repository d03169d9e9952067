import type { AuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ScalingClient } from '@slipway/backstage-plugin-scaling-common';
import { AsCaller } from '../AsCaller';
import { idempotencyKey } from '../delivery/idempotencyKey';
import { findTarget } from '../scaling/findTarget';
import { followChange } from '../scaling/followChange';
import { examples } from './scale.examples';

const defaultTimeoutSeconds = 600;

export function createScaleAction(options: {
  scalingClient: ScalingClient;
  auth: AuthService;
  pollMs?: number;
}) {
  const { auth, pollMs, scalingClient } = options;
  return createTemplateAction({
    id: 'slipway:scale',
    description:
      'Sets how many replicas a component has in an environment, until an instant or until somebody ends it, in the name of whoever runs the task. Waits until they are set.',
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
        replicas: z => z.number().int().min(0).max(10_000),
        until: z =>
          z
            .string({
              description:
                'An instant with time zone, at most 30 days ahead; needed in production',
            })
            .datetime({ offset: true })
            .optional(),
        reason: z => z.string().min(1).max(2000),
        timeoutSeconds: z =>
          z
            .number({
              description: 'How long the task waits; 600 when left out',
            })
            .min(1)
            .max(86_400)
            .optional(),
      },
      output: {
        changeId: z => z.string(),
        replicas: z => z.number(),
      },
    },
    async handler(ctx) {
      const { reason, replicas, until } = ctx.input;
      const { timeoutSeconds = defaultTimeoutSeconds } = ctx.input;
      const scaling = new AsCaller(
        'scaling',
        scalingClient,
        auth,
        await ctx.getInitiatorCredentials(),
      );
      const target = await findTarget(scaling, ctx.input);
      ctx.output('replicas', replicas);
      if (ctx.isDryRun) {
        const { allowedActions } = await scaling.call((api, call) =>
          api.getOptions(target.id, call),
        );
        if (!allowedActions.scale?.allowed)
          throw new NotAllowedError(allowedActions.scale?.reason);
        ctx.logger.info(
          `Would set ${target.workload} in ${target.environmentName} to ${replicas}`,
        );
        ctx.output('changeId', 'dry-run');
        return;
      }
      const { changeId } = await ctx.checkpoint({
        key: 'change',
        fn: async () => {
          const change = await scaling.call((api, call) =>
            api.scaleTarget(
              target.id,
              {
                replicas,
                reason,
                ...(until && { until: new Date(until).toISOString() }),
              },
              { ...call, idempotencyKey: idempotencyKey(ctx) },
            ),
          );
          return { changeId: change.id };
        },
      });
      ctx.output('changeId', changeId);
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

import type { AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type {
  DeliveryClient,
  Rollout,
} from '@slipway/backstage-plugin-delivery-common';
import { assertAllowed } from '../delivery/assertAllowed';
import { DeliveryAsCaller } from '../delivery/DeliveryAsCaller';
import { findEnvironment } from '../delivery/findEnvironment';
import { idempotencyKey } from '../delivery/idempotencyKey';
import { RolloutFailedError } from '../errors/RolloutFailedError';
import { RunFollower } from '../delivery/RunFollower';
import { rollouts } from '../delivery/runKinds';
import { rolloutUrl } from '../delivery/pageUrls';
import { examples } from './rollBack.examples';

export function createRollBackAction(options: {
  client: DeliveryClient;
  auth: AuthService;
  appBaseUrl: string;
  pollMs?: number;
}) {
  const { client, auth, appBaseUrl, pollMs } = options;

  return createTemplateAction({
    id: 'slipway:rollback',
    description:
      'Brings an environment back to an earlier release, in the name of whoever runs the task. A rollout under way there is aborted, which does the same. Cancelling the task aborts the rollback.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        componentRef: z =>
          z.string({ description: 'Such as component:default/checkout' }),
        environment: z =>
          z.string({
            description:
              'Its name, such as production, or its entity reference',
          }),
        toReleaseId: z =>
          z
            .string({
              description: 'The release before the present one when left out',
            })
            .optional(),
        reason: z => z.string({ description: 'For the record' }).optional(),
        wait: z =>
          z
            .boolean({
              description:
                'Whether to follow it to its end; true when left out',
            })
            .optional(),
        timeoutSeconds: z =>
          z
            .number({
              description:
                'How long to follow it; 1800 when left out. It goes on after that',
            })
            .min(1)
            .max(604800)
            .optional(),
      },
      output: {
        rolloutId: z => z.string(),
        rolloutUrl: z => z.string({ description: "The rollback's page" }),
        phase: z => z.string({ description: 'Where it stands' }),
        address: z =>
          z
            .string({ description: 'Where the component can be reached' })
            .optional(),
      },
    },
    async handler(ctx) {
      const { componentRef, toReleaseId, reason } = ctx.input;
      const delivery = new DeliveryAsCaller(
        client,
        auth,
        await ctx.getInitiatorCredentials(),
      );
      const environment = await findEnvironment(
        delivery,
        ctx.input.environment,
      );
      if (ctx.isDryRun) {
        await assertAllowed(delivery, 'rollback', {
          componentRef,
          environmentRef: environment.ref,
        });
        ctx.logger.info(
          `Would bring ${componentRef} in ${environment.name} back to ${toReleaseId ?? 'the release before'}`,
        );
        ctx.output('rolloutId', 'dry-run');
        ctx.output('rolloutUrl', rolloutUrl(appBaseUrl, 'dry-run'));
        ctx.output('phase', 'pending');
        return;
      }

      const { rolloutId } = await ctx.checkpoint({
        key: 'rollback',
        fn: async () => {
          const started = await delivery.call((api, call) =>
            api.startRollback(
              {
                componentRef,
                environmentRef: environment.ref,
                toReleaseId,
                reason,
              },
              { ...call, idempotencyKey: idempotencyKey(ctx) },
            ),
          );
          ctx.logger.info(
            `Bringing ${componentRef} in ${environment.name} back`,
          );
          return { rolloutId: started.id };
        },
      });
      const url = rolloutUrl(appBaseUrl, rolloutId);
      ctx.output('rolloutId', rolloutId);
      ctx.output('rolloutUrl', url);
      ctx.logger.info(`The rollback's page: ${url}`);

      if (ctx.input.wait === false) {
        const rollout = await delivery.call((api, call) =>
          api.getRollout(rolloutId, call),
        );
        ctx.output('phase', rollout.phase);
        ctx.output('address', rollout.observation?.address);
        return;
      }

      const rollout = await new RunFollower(rollouts, {
        delivery,
        id: rolloutId,
        url,
        logger: ctx.logger,
        signal: ctx.signal,
        timeoutSeconds: ctx.input.timeoutSeconds ?? 1800,
        pollMs,
      }).follow();
      ctx.output('phase', rollout.phase);
      ctx.output('address', rollout.observation?.address);
      if (!isBack(rollout)) {
        throw new RolloutFailedError(
          `The environment was not brought back, the rollback is ${rollout.phase}: ${rollout.message ?? 'no reason was given'}. See ${url}`,
        );
      }
      ctx.logger.info(`${componentRef} in ${environment.name} is back`);
    },
  });
}

/** What was a rollout under way has gone back when it was aborted; what was started as a rollback, when it succeeded. */
function isBack({ kind, phase }: Rollout): boolean {
  return kind === 'rollback' ? phase === 'succeeded' : phase !== 'succeeded';
}

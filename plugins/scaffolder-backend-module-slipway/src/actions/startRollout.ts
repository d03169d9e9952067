import type { AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonValue } from '@backstage/types';
import type { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import { chooseStrategy } from '../delivery/chooseStrategy';
import { DeliveryAsCaller } from '../delivery/DeliveryAsCaller';
import { findEnvironment } from '../delivery/findEnvironment';
import { findRelease } from '../delivery/findRelease';
import { idempotencyKey } from '../delivery/idempotencyKey';
import { assertAllowed } from '../delivery/assertAllowed';
import { RolloutFailedError } from '../errors/RolloutFailedError';
import { RunFollower } from '../delivery/RunFollower';
import { rollouts } from '../delivery/runKinds';
import { rolloutUrl } from '../delivery/pageUrls';
import { examples } from './startRollout.examples';

export function createStartRolloutAction(options: {
  client: DeliveryClient;
  auth: AuthService;
  appBaseUrl: string;
  pollMs?: number;
}) {
  const { client, auth, appBaseUrl, pollMs } = options;

  return createTemplateAction({
    id: 'slipway:rollout:start',
    description:
      'Rolls a release out to an environment, in the name of whoever runs the task, and follows it to its end. Fails when the rollout does not succeed. Cancelling the task aborts the rollout.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        componentRef: z =>
          z.string({ description: 'Such as component:default/checkout' }),
        environment: z =>
          z.string({
            description:
              'Its name, such as development, or its entity reference',
          }),
        releaseId: z =>
          z.string({ description: 'Either this or version' }).optional(),
        version: z =>
          z.string({ description: 'Either this or releaseId' }).optional(),
        strategy: z =>
          z
            .union([
              z.enum(['default', 'rolling', 'blueGreen', 'canary']),
              z.record(z.custom<JsonValue>()),
            ])
            .describe(
              "default (also when left out): that of the environment. A kind: the portal's default of that kind. Or a whole strategy, such as { canary: { steps: […] } }",
            )
            .optional(),
        replicas: z =>
          z
            .number({ description: 'As it is now, or 1, when left out' })
            .int()
            .min(1)
            .max(1000)
            .optional(),
        progressDeadlineSeconds: z =>
          z
            .number({
              description: 'How long one step may bring no progress',
            })
            .int()
            .min(5)
            .max(86400)
            .optional(),
        reason: z => z.string({ description: 'For the record' }).optional(),
        wait: z =>
          z
            .boolean({
              description:
                'Whether to follow the rollout to its end; true when left out',
            })
            .optional(),
        timeoutSeconds: z =>
          z
            .number({
              description:
                'How long to follow it; 1800 when left out. The rollout goes on after that',
            })
            .min(1)
            .max(604800)
            .optional(),
      },
      output: {
        rolloutId: z => z.string(),
        rolloutUrl: z => z.string({ description: "The rollout's page" }),
        phase: z => z.string({ description: 'Where it stands' }),
        address: z =>
          z
            .string({ description: 'Where the component can be reached' })
            .optional(),
      },
    },
    async handler(ctx) {
      const { componentRef, reason, replicas, progressDeadlineSeconds } =
        ctx.input;
      const delivery = new DeliveryAsCaller(
        client,
        auth,
        await ctx.getInitiatorCredentials(),
      );
      const environment = await findEnvironment(
        delivery,
        ctx.input.environment,
      );
      const choice = ctx.input.strategy;

      if (ctx.isDryRun) {
        await chooseStrategy(delivery, choice);
        await assertAllowed(delivery, 'deploy', {
          componentRef,
          environmentRef: environment.ref,
        });
        ctx.logger.info(
          `Would roll ${ctx.input.version ?? ctx.input.releaseId} of ${componentRef} out to ${environment.name}`,
        );
        ctx.output('rolloutId', 'dry-run');
        ctx.output('rolloutUrl', rolloutUrl(appBaseUrl, 'dry-run'));
        ctx.output('phase', 'pending');
        return;
      }

      const { rolloutId } = await ctx.checkpoint({
        key: 'rollout',
        fn: async () => {
          const release = await findRelease(delivery, ctx.input);
          const strategy = await chooseStrategy(delivery, choice);
          const started = await delivery.call((api, call) =>
            api.startRollout(
              {
                componentRef,
                environmentRef: environment.ref,
                releaseId: release.id,
                strategy,
                replicas,
                progressDeadlineSeconds,
                reason,
              },
              { ...call, idempotencyKey: idempotencyKey(ctx) },
            ),
          );
          ctx.logger.info(
            `Rolling ${release.version} of ${componentRef} out to ${environment.name}`,
          );
          return { rolloutId: started.id };
        },
      });
      const url = rolloutUrl(appBaseUrl, rolloutId);
      ctx.output('rolloutId', rolloutId);
      ctx.output('rolloutUrl', url);
      ctx.logger.info(`The rollout's page: ${url}`);

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
      if (rollout.phase !== 'succeeded') {
        throw new RolloutFailedError(
          `The rollout was ${rollout.phase === 'aborted' ? 'aborted' : 'rolled back'}: ${rollout.message ?? 'no reason was given'}. See ${url}; start a new task to try again`,
        );
      }
      ctx.logger.info(
        `${componentRef} runs in ${environment.name}${rollout.observation?.address ? ` at ${rollout.observation.address}` : ''}`,
      );
    },
  });
}

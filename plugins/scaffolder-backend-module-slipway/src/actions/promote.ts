import type { AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import { DeliveryAsCaller } from '../delivery/DeliveryAsCaller';
import { findRelease } from '../delivery/findRelease';
import { idempotencyKey } from '../delivery/idempotencyKey';
import { promotionUrl } from '../delivery/pageUrls';
import { RunFollower } from '../delivery/RunFollower';
import { promotions } from '../delivery/runKinds';
import { RolloutFailedError } from '../errors/RolloutFailedError';
import { examples } from './promote.examples';

/** People may take their time, over a weekend too. */
const defaultTimeoutSeconds = 3 * 86_400;

export function createPromoteAction(options: {
  client: DeliveryClient;
  auth: AuthService;
  appBaseUrl: string;
  pollMs?: number;
}) {
  const { client, auth, appBaseUrl, pollMs } = options;

  return createTemplateAction({
    id: 'slipway:promote',
    description:
      'Takes a release, or releases of several components as one unit, through the stages of their pipeline, in the name of whoever runs the task, and follows that to its end. Waits for the gates of every stage. Fails when the promotion does not succeed. Cancelling the task aborts the promotion.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        items: z =>
          z
            .array(
              z.object({
                componentRef: z
                  .string()
                  .describe('Such as component:default/checkout'),
                releaseId: z
                  .string()
                  .describe('Either this or version')
                  .optional(),
                version: z
                  .string()
                  .describe('Either this or releaseId')
                  .optional(),
              }),
            )
            .min(1)
            .max(50),
        toStage: z =>
          z
            .string({
              description:
                'The last stage, with all that it needs; every stage when left out',
            })
            .optional(),
        reason: z => z.string({ description: 'For the record' }).optional(),
        wait: z =>
          z
            .boolean({
              description:
                'Whether to follow the promotion to its end; true when left out',
            })
            .optional(),
        timeoutSeconds: z =>
          z
            .number({
              description:
                'How long to follow it; three days when left out. The promotion goes on after that',
            })
            .min(1)
            .max(2_592_000)
            .optional(),
      },
      output: {
        promotionId: z => z.string(),
        promotionUrl: z => z.string({ description: "The promotion's page" }),
        phase: z => z.string({ description: 'Where it stands' }),
      },
    },
    async handler(ctx) {
      const { items, reason, toStage } = ctx.input;
      const delivery = new DeliveryAsCaller(
        client,
        auth,
        await ctx.getInitiatorCredentials(),
      );

      if (ctx.isDryRun) {
        ctx.logger.info(
          `Would promote ${items.map(({ componentRef, version, releaseId }) => `${componentRef} ${version ?? releaseId}`).join(', ')} ${toStage ? `to ${toStage}` : 'through every stage'}`,
        );
        ctx.output('promotionId', 'dry-run');
        ctx.output('promotionUrl', promotionUrl(appBaseUrl, 'dry-run'));
        ctx.output('phase', 'running');
        return;
      }

      const { promotionId } = await ctx.checkpoint({
        key: 'promotion',
        fn: async () => {
          const wanted: Array<{ componentRef: string; releaseId: string }> = [];
          for (const item of items) {
            const { id } = await findRelease(delivery, item);
            wanted.push({ componentRef: item.componentRef, releaseId: id });
          }
          const started = await delivery.call((api, call) =>
            api.startPromotion(
              { items: wanted, toStage, reason },
              { ...call, idempotencyKey: idempotencyKey(ctx) },
            ),
          );
          ctx.logger.info(
            `Promoting through ${started.stages.map(({ title }) => title).join(', ')}`,
          );
          return { promotionId: started.id };
        },
      });
      const url = promotionUrl(appBaseUrl, promotionId);
      ctx.output('promotionId', promotionId);
      ctx.output('promotionUrl', url);
      ctx.logger.info(`The promotion's page: ${url}`);

      if (ctx.input.wait === false) {
        const { phase } = await delivery.call((api, call) =>
          api.getPromotion(promotionId, call),
        );
        ctx.output('phase', phase);
        return;
      }

      const promotion = await new RunFollower(promotions, {
        delivery,
        id: promotionId,
        url,
        logger: ctx.logger,
        signal: ctx.signal,
        timeoutSeconds: ctx.input.timeoutSeconds ?? defaultTimeoutSeconds,
        pollMs,
      }).follow();
      ctx.output('phase', promotion.phase);
      if (promotion.phase !== 'succeeded') {
        throw new RolloutFailedError(
          `The promotion ${promotion.phase === 'aborted' ? 'was aborted' : 'failed'}: ${promotion.message ?? 'no reason was given'}. See ${url}; start a new task to try again`,
        );
      }
      ctx.logger.info(promotion.message ?? 'The promotion is through');
    },
  });
}

import type { StartPromotionRequest } from '@slipway/backstage-plugin-delivery-common';
import { checkRequest } from '../schema/checkRequest';
import { componentRef, id, idempotencyKey, reason } from './inputs';
import { promotionSummary, promotionSummarySchema } from './promotionSummary';
import { callerOf, type Toolbox } from './Toolbox';

export function registerStartPromotion(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'start-promotion',
    title: 'Promote releases through their pipeline',
    description: `Takes a release, or releases of several components as one unit, through the stages of their pipeline, in the order of what
depends on what. Waits for the gates of every stage; one failure takes back what moved in that stage. Answers at once with the
promotion; follow it with describe-promotion. Needs the permission to deploy every component to every stage.`,
    // What ran is replaced, and a second call after a failed promotion tries again.
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z =>
        z
          .object({
            items: z
              .array(
                z
                  .object({
                    componentRef: componentRef(z),
                    releaseId: id(z).describe('Of list-releases'),
                  })
                  .strict(),
              )
              .min(1)
              .max(50),
            toStage: z
              .string()
              .max(63)
              .optional()
              .describe(
                'The last stage, with all that it needs; every stage when left out',
              ),
            reason: reason(z),
            idempotencyKey: idempotencyKey(z),
          })
          .strict(),
      output: promotionSummarySchema,
    },
    action: async ({ input, credentials }) => {
      const { idempotencyKey: key, ...request } = input;
      const { promotion } = await toolbox.services.promotions.start(
        checkRequest<StartPromotionRequest>('StartPromotionRequest', request),
        callerOf(toolbox, credentials, key),
      );
      return { output: promotionSummary(promotion) };
    },
  });
}

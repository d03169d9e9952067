import { id } from './inputs';
import { promotionSummary, promotionSummarySchema } from './promotionSummary';
import { callerOf, type Toolbox } from './Toolbox';

export function registerDescribePromotion(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'describe-promotion',
    title: 'Describe a promotion',
    description: `Tells how a promotion stands: phase, each stage, its rollouts, and what the caller may do next. Call it again after a
few seconds to follow a promotion until finishedAt is present.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ promotionId: id(z) }).strict(),
      output: promotionSummarySchema,
    },
    action: async ({ input, credentials }) => ({
      output: promotionSummary(
        await toolbox.services.promotions.get(
          input.promotionId,
          callerOf(toolbox, credentials),
        ),
      ),
    }),
  });
}

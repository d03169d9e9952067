import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import { allowedActions, type ZodApi } from './inputs';

/** What an agent needs of a promotion to say how it stands and what to do next. */
export function promotionSummary(promotion: Promotion) {
  return {
    id: promotion.id,
    version: promotion.version,
    trigger: promotion.trigger,
    pipeline: promotion.pipeline.title,
    phase: promotion.phase,
    ...(promotion.message && { message: promotion.message }),
    ...(promotion.waitingFor && { waitingFor: promotion.waitingFor }),
    items: promotion.items.map(({ componentRef, release }) => ({
      componentRef,
      releaseId: release.id,
      version: release.version,
    })),
    stages: promotion.stages.map(({ name, status, message, items }) => ({
      name,
      status,
      ...(message && { message }),
      rollouts: items.flatMap(({ rolloutId }) =>
        rolloutId ? [rolloutId] : [],
      ),
    })),
    requestedBy: promotion.requestedBy,
    createdAt: promotion.createdAt,
    ...(promotion.finishedAt && { finishedAt: promotion.finishedAt }),
    allowedActions: promotion.allowedActions,
  };
}

export function promotionSummarySchema(z: ZodApi) {
  return z.object({
    id: z.string(),
    version: z.number().describe('Rises with everything that happens'),
    trigger: z.enum(['person', 'automation']),
    pipeline: z.string(),
    phase: z
      .string()
      .describe(
        'Under way: running, rollingBack. Ended: succeeded, failed, aborted',
      ),
    message: z.string().optional(),
    waitingFor: z
      .enum(['person', 'gates', 'hold', 'window'])
      .optional()
      .describe('Present while nothing goes on'),
    items: z.array(
      z.object({
        componentRef: z.string(),
        releaseId: z.string(),
        version: z.string(),
      }),
    ),
    stages: z
      .array(
        z.object({
          name: z.string(),
          status: z.string(),
          message: z.string().optional(),
          rollouts: z.array(z.string()).describe('For describe-rollout'),
        }),
      )
      .describe('Each after those that it needs'),
    requestedBy: z.string(),
    createdAt: z.string(),
    finishedAt: z.string().optional().describe('Present once it has ended'),
    allowedActions: allowedActions(z),
  });
}

import type { ScaleRequest } from '@slipway/backstage-plugin-scaling-common';
import { checkRequest } from '../schema/checkRequest';
import { changeSummary, changeSummarySchema } from './changeSummary';
import { idempotencyKey, reason, targetId } from './inputs';
import { callerOf, type Toolbox } from './Toolbox';

export function registerScaleTarget(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'scale-target',
    title: 'Scale a workload by hand',
    description: `Sets how many replicas a workload has, until an instant or until somebody ends it; then what was is put back. Under an
autoscaler the number is the least, and the autoscaler may add more. Takes the place of the change that stands. Answers at once;
follow it with describe-scaling-target.`,
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z =>
        z
          .object({
            targetId: targetId(z),
            replicas: z.number().int().min(0).max(10_000),
            until: z
              .string()
              .datetime()
              .optional()
              .describe(
                'ISO 8601 in UTC. Needed in production, at most 30 days ahead',
              ),
            reason: reason(z),
            idempotencyKey: idempotencyKey(z),
          })
          .strict(),
      output: changeSummarySchema,
    },
    action: async ({ input, credentials }) => {
      const { idempotencyKey: key, targetId: id, ...request } = input;
      const { change } = await toolbox.services.changes.scale(
        id,
        checkRequest<ScaleRequest>('ScaleRequest', request),
        undefined,
        callerOf(toolbox, credentials, key),
      );
      return { output: changeSummary(change) };
    },
  });
}

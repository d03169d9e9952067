import type { AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import { awaitApproval } from '../delivery/awaitApproval';
import { DeliveryAsCaller } from '../delivery/DeliveryAsCaller';
import { findEnvironment } from '../delivery/findEnvironment';
import { idempotencyKey } from '../delivery/idempotencyKey';
import { approvalUrl } from '../delivery/pageUrls';
import { examples } from './requestWindow.examples';

/** Long enough for people to come back from a weekend. */
const defaultTimeoutSeconds = 8 * 86_400;

export function createRequestWindowAction(options: {
  client: DeliveryClient;
  auth: AuthService;
  appBaseUrl: string;
  pollMs?: number;
}) {
  const { client, auth, appBaseUrl, pollMs } = options;

  return createTemplateAction({
    id: 'slipway:window:request',
    description:
      'Asks that the windows and freezes which close an environment let changes of one component through for a while, in the name of whoever runs the task. Those windows name who must agree. Waits for the decision; fails when it is rejected, expires or is withdrawn. Cancelling the task withdraws the request.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        componentRef: z =>
          z.string({ description: 'Such as component:default/checkout' }),
        environment: z =>
          z.string({ description: 'Its name, or its entity reference' }),
        from: z =>
          z
            .string({
              description: 'An instant with time zone; now when left out',
            })
            .datetime({ offset: true })
            .optional(),
        hours: z =>
          z
            .number({
              description: 'How long; the windows say how long at most',
            })
            .min(0.1)
            .max(168),
        reason: z => z.string().min(1).max(2000),
        wait: z =>
          z
            .boolean({
              description: 'Whether to wait for the decision; true by default',
            })
            .optional(),
        timeoutSeconds: z =>
          z
            .number({
              description:
                'How long the task waits; eight days when left out. The request is withdrawn after that',
            })
            .min(1)
            .max(2_592_000)
            .optional(),
      },
      output: {
        approvalId: z => z.string(),
        from: z => z.string({ description: 'An instant in UTC' }),
        until: z => z.string({ description: 'An instant in UTC' }),
        approvedBy: z => z.array(z.string()),
        url: z => z.string({ description: 'Where it stands in the inbox' }),
      },
    },
    async handler(ctx) {
      const {
        componentRef,
        environment,
        hours,
        reason,
        wait = true,
        timeoutSeconds = defaultTimeoutSeconds,
      } = ctx.input;
      const delivery = new DeliveryAsCaller(
        client,
        auth,
        await ctx.getInitiatorCredentials(),
      );
      const { ref: environmentRef, name } = await findEnvironment(
        delivery,
        environment,
      );
      // Asked again after a restart, it must be the same request.
      const { from } = await ctx.checkpoint({
        key: 'from',
        fn: async () => ({ from: ctx.input.from ?? new Date().toISOString() }),
      });
      const until = new Date(
        Date.parse(from) + hours * 3_600_000,
      ).toISOString();

      if (ctx.isDryRun) {
        ctx.logger.info(
          `Would ask to change ${componentRef} in ${name} from ${from} to ${until}`,
        );
        ctx.output('approvalId', 'dry-run');
        ctx.output('from', from);
        ctx.output('until', until);
        ctx.output('approvedBy', []);
        ctx.output('url', approvalUrl(appBaseUrl, 'dry-run'));
        return;
      }

      const asked = await ctx.checkpoint({
        key: 'exception',
        fn: async () => {
          const exception = await delivery.call((api, call) =>
            api.askWindowException(
              { componentRef, environmentRef, from, until, reason },
              { ...call, idempotencyKey: idempotencyKey(ctx) },
            ),
          );
          return {
            approvalId: exception.id,
            from: exception.from,
            until: exception.until,
          };
        },
      });
      const url = approvalUrl(appBaseUrl, asked.approvalId);
      ctx.output('approvalId', asked.approvalId);
      ctx.output('from', asked.from);
      ctx.output('until', asked.until);
      ctx.output('url', url);
      if (!wait) {
        ctx.output('approvedBy', []);
        ctx.logger.info(`Asked for: ${url}`);
        return;
      }
      const { approvedBy } = await awaitApproval({
        delivery,
        id: asked.approvalId,
        url,
        logger: ctx.logger,
        signal: ctx.signal,
        timeoutSeconds,
        pollMs,
      });
      ctx.output('approvedBy', approvedBy);
    },
  });
}

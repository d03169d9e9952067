import type { AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type {
  AskApprovalRequest,
  DeliveryClient,
} from '@slipway/backstage-plugin-delivery-common';
import { awaitApproval } from '../delivery/awaitApproval';
import { DeliveryAsCaller } from '../delivery/DeliveryAsCaller';
import { idempotencyKey } from '../delivery/idempotencyKey';
import { approvalUrl } from '../delivery/pageUrls';
import { examples } from './waitForApproval.examples';

/** The request expires by itself after a week when it says nothing else. */
const defaultTimeoutSeconds = 8 * 86_400;

export function createWaitForApprovalAction(options: {
  client: DeliveryClient;
  auth: AuthService;
  appBaseUrl: string;
  pollMs?: number;
}) {
  const { client, auth, appBaseUrl, pollMs } = options;

  return createTemplateAction({
    id: 'slipway:approval:wait',
    description:
      'Asks people to approve something, in the name of whoever runs the task, and waits for their decision in the inbox of approvals. Fails when it is rejected, expires or is withdrawn. Cancelling the task withdraws the request.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        title: z =>
          z
            .string({ description: 'What is asked, in one line' })
            .min(3)
            .max(200),
        description: z =>
          z.string({ description: 'What is asked, in Markdown' }).optional(),
        link: z =>
          z
            .string({ description: 'Where more can be read; http or https' })
            .optional(),
        componentRef: z =>
          z
            .string({
              description:
                'Such as component:default/checkout; then only who may see it sees the request',
            })
            .optional(),
        details: z =>
          z
            .record(z.unknown())
            .describe('Facts to decide by, shown as a table')
            .optional(),
        approval: z =>
          z.object({
            name: z.string().optional(),
            rules: z
              .array(
                z.object({
                  group: z.string().describe('Such as group:default/owners'),
                  atLeast: z.number().int().min(1),
                }),
              )
              .min(1)
              .describe('At least so many of a group')
              .optional(),
            approvers: z
              .array(z.string())
              .min(1)
              .describe('Users who must all agree')
              .optional(),
            excludeRequester: z
              .boolean()
              .describe('Whether who asks may not agree; true when left out')
              .optional(),
            requireComment: z.boolean().optional(),
            expiresAfter: z
              .string()
              .describe('Such as 2h or 3d; a week when left out')
              .optional(),
          }),
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
        approvedBy: z => z.array(z.string()),
        decidedAt: z => z.string({ description: 'An instant in UTC' }),
        url: z => z.string({ description: 'Where it stands in the inbox' }),
      },
    },
    async handler(ctx) {
      const { timeoutSeconds = defaultTimeoutSeconds, ...asked } = ctx.input;
      const delivery = new DeliveryAsCaller(
        client,
        auth,
        await ctx.getInitiatorCredentials(),
      );

      if (ctx.isDryRun) {
        ctx.logger.info(`Would ask for an approval: ${asked.title}`);
        ctx.output('approvalId', 'dry-run');
        ctx.output('approvedBy', []);
        ctx.output('url', approvalUrl(appBaseUrl, 'dry-run'));
        return;
      }

      const { approvalId } = await ctx.checkpoint({
        key: 'approval',
        fn: async () => {
          const { id } = await delivery.call((api, call) =>
            api.askApproval(asked as AskApprovalRequest, {
              ...call,
              idempotencyKey: idempotencyKey(ctx),
            }),
          );
          return { approvalId: id };
        },
      });
      const url = approvalUrl(appBaseUrl, approvalId);
      ctx.output('approvalId', approvalId);
      ctx.output('url', url);

      const { approvedBy, decidedAt } = await awaitApproval({
        delivery,
        id: approvalId,
        url,
        logger: ctx.logger,
        signal: ctx.signal,
        timeoutSeconds,
        pollMs,
      });
      ctx.output('approvedBy', approvedBy);
      if (decidedAt) ctx.output('decidedAt', decidedAt);
    },
  });
}

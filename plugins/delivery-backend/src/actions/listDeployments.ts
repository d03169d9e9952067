import {
  allowedActions,
  componentRef,
  entityRef,
  environmentRef,
  pageOutput,
  paging,
} from './inputs';
import { callerOf, type Toolbox } from './Toolbox';

export function registerListDeployments(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'list-deployments',
    title: 'List what runs where',
    description: `Lists which release of which component runs in which environment, with its health.
One item for each component and environment that anything was ever rolled out to. Filter by any of the inputs.
activeRolloutId is present while a rollout is under way there: look at it with describe-rollout.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z
          .object({
            componentRef: componentRef(z).optional(),
            environmentRef: environmentRef(z).optional(),
            owner: entityRef(z)
              .optional()
              .describe(
                'Who owns the component, such as group:default/payments',
              ),
            system: entityRef(z)
              .optional()
              .describe('The system the component is part of'),
            tier: z.enum(['development', 'staging', 'production']).optional(),
            ...paging(z),
          })
          .strict(),
      output: z =>
        z.object({
          items: z.array(
            z.object({
              componentRef: z.string(),
              environmentRef: z.string(),
              tier: z.string(),
              releaseId: z.string().optional(),
              version: z.string().optional().describe('Of what runs'),
              previousReleaseId: z.string().optional(),
              previousVersion: z.string().optional(),
              deployedAt: z.string().optional(),
              deployedBy: z.string().optional(),
              health: z.string(),
              activeRolloutId: z.string().optional(),
              activeRolloutPhase: z.string().optional(),
              allowedActions: allowedActions(z),
            }),
          ),
          ...pageOutput(z),
        }),
    },
    action: async ({ input, credentials }) => {
      const { items, ...page } = await toolbox.services.deployments.list(
        input,
        callerOf(toolbox, credentials),
      );
      return {
        output: {
          ...page,
          items: items.map(({ release, previousRelease, ...item }) => ({
            ...item,
            releaseId: release?.id,
            version: release?.version,
            previousReleaseId: previousRelease?.id,
            previousVersion: previousRelease?.version,
          })),
        },
      };
    },
  });
}

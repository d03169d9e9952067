import { allowedActions, componentRef } from './inputs';
import { callerOf, type Toolbox } from './Toolbox';

const newestReleases = 10;

export function registerDescribeComponent(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'describe-component',
    title: 'Describe the delivery of a component',
    description: `Tells of one component what runs in each environment, in order from development to production, its ${newestReleases}
newest releases, and what the caller may do in each environment. Start here before start-rollout or start-rollback.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ componentRef: componentRef(z) }).strict(),
      output: z =>
        z.object({
          componentRef: z.string(),
          environments: z.array(
            z.object({
              environmentRef: z.string(),
              tier: z.string(),
              version: z.string().optional().describe('Absent: nothing runs'),
              releaseId: z.string().optional(),
              previousVersion: z.string().optional(),
              health: z.string().optional(),
              activeRolloutId: z.string().optional(),
              allowedActions: allowedActions(z),
            }),
          ),
          releases: z.array(
            z.object({
              id: z.string(),
              version: z.string(),
              createdAt: z.string(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const caller = callerOf(toolbox, credentials);
      const { deployments, releases } = toolbox.services;
      const environments = await deployments.environments(caller);
      const { items: running } = await deployments.list(
        { ...input, limit: Math.max(1, environments.length) },
        caller,
      );
      const newest = await releases.list(
        { ...input, descending: true, limit: newestReleases },
        caller,
      );
      return {
        output: {
          ...input,
          environments: await Promise.all(
            environments.map(async ({ ref, tier }) => {
              const here = running.find(item => item.environmentRef === ref);
              return {
                environmentRef: ref,
                tier,
                version: here?.release?.version,
                releaseId: here?.release?.id,
                previousVersion: here?.previousRelease?.version,
                health: here?.health,
                activeRolloutId: here?.activeRolloutId,
                allowedActions: await deployments.targetActions(
                  { ...input, environmentRef: ref },
                  caller,
                ),
              };
            }),
          ),
          releases: newest.items,
        },
      };
    },
  });
}

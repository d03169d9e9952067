import { componentRef, pageOutput, paging } from './inputs';
import { callerOf, type Toolbox } from './Toolbox';

export function registerListReleases(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'list-releases',
    title: 'List releases of a component',
    description: `Lists the releases of a component, newest first. A release is an immutable version that can be rolled out;
its id is the releaseId of start-rollout and start-rollback.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({ componentRef: componentRef(z), ...paging(z) }).strict(),
      output: z =>
        z.object({
          items: z.array(
            z.object({
              id: z.string(),
              version: z.string(),
              artifact: z.string().describe('Such as http-server@14.1.1'),
              commit: z.string().optional(),
              notes: z.string().optional(),
              createdAt: z.string(),
              createdBy: z.string(),
            }),
          ),
          ...pageOutput(z),
        }),
    },
    action: async ({ input, credentials }) => {
      const { items, ...page } = await toolbox.services.releases.list(
        { ...input, descending: true },
        callerOf(toolbox, credentials),
      );
      return {
        output: {
          ...page,
          items: items.map(({ artifact, provenance, ...release }) => ({
            ...release,
            artifact: artifact.reference,
            commit: provenance.commit,
          })),
        },
      };
    },
  });
}

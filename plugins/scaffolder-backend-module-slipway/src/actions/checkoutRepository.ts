import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { LocalRepositories } from '../repositories/LocalRepositories';
import { examples } from './checkoutRepository.examples';

export function createCheckoutRepositoryAction(options: {
  repositories: LocalRepositories;
}) {
  const { repositories } = options;

  return createTemplateAction({
    id: 'slipway:repo:checkout',
    description:
      'Puts the files of the newest commit of a local git repository of the portal into the workspace.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string({ description: "The repository's name" }),
        targetPath: z =>
          z
            .string({
              description:
                'Where to put the files within the workspace; its top when left out',
            })
            .optional(),
      },
      output: {
        commitSha: z => z.string(),
      },
    },
    async handler(ctx) {
      const { name, targetPath = '.' } = ctx.input;
      const commitSha = await repositories.head(name);
      if (!commitSha) {
        throw new NotFoundError(
          `There is no local repository '${name}' with a commit in it. The template 'New web service' makes one`,
        );
      }
      const files = await repositories.checkout(
        name,
        commitSha,
        resolveSafeChildPath(ctx.workspacePath, targetPath),
      );
      ctx.logger.info(
        `Put ${files.length} files of '${name}' at ${commitSha.slice(0, 12)} into the workspace`,
      );
      ctx.output('commitSha', commitSha);
    },
  });
}

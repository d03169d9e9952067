import {
  resolveSafeChildPath,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { readFile } from 'node:fs/promises';
import { assertFromRepository } from '../catalog/repositoryLocation';
import {
  CATALOG_INFO_PATH,
  readCatalogInfo,
} from '../repositories/CatalogInfo';
import type { CommitArchives } from '../repositories/CommitArchives';
import { commitAuthor } from '../repositories/commitAuthor';
import type { LocalRepositories } from '../repositories/LocalRepositories';
import type { RepositoryAccess } from '../repositories/RepositoryAccess';
import { examples } from './publishRepository.examples';

/** What stands for a commit that a dry run did not make. */
const NO_COMMIT = '0'.repeat(40);

export function createPublishRepositoryAction(options: {
  repositories: LocalRepositories;
  archives: CommitArchives;
  access: RepositoryAccess;
  catalog: CatalogService;
}) {
  const { repositories, archives, access, catalog } = options;

  return createTemplateAction({
    id: 'slipway:repo:publish',
    description:
      "Commits files of the workspace to a local git repository of the portal, and archives the commit for a release. The files must hold a catalog-info.yaml with a Component. The same content again makes no new commit. An existing repository is changed only for the component's owners.",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z.string({
            description:
              "The repository's name: lower-case letters, digits and hyphens",
          }),
        sourcePath: z =>
          z
            .string({
              description:
                'Where the files are within the workspace; all of it when left out',
            })
            .optional(),
        defaultBranch: z =>
          z
            .string({ description: 'The branch; main when left out' })
            .optional(),
        commitMessage: z =>
          z
            .string({
              description: "The commit's message; made up when left out",
            })
            .optional(),
        description: z =>
          z.string({ description: 'What the repository is for' }).optional(),
        onExisting: z =>
          z
            .enum(['update', 'fail'], {
              description:
                'update (when left out) puts a new commit on top of an existing repository; fail refuses unless the content is the same',
            })
            .optional(),
      },
      output: {
        repositoryPath: z =>
          z.string({ description: 'The folder of the bare repository' }),
        remoteUrl: z =>
          z.string({ description: 'A file:// URL that git can clone from' }),
        defaultBranch: z => z.string(),
        commitSha: z => z.string(),
        created: z =>
          z.boolean({
            description: 'false when the content was there already',
          }),
        componentRef: z =>
          z.string({ description: 'The Component of catalog-info.yaml' }),
        artifactPath: z =>
          z.string({
            description:
              "The commit's files as a tar.gz, for a release's artifact of kind tarball",
          }),
        artifactDigest: z =>
          z
            .string({
              description: 'sha256 of the archive; absent in a dry run',
            })
            .optional(),
      },
    },
    async handler(ctx) {
      const { name } = ctx.input;
      const branch = ctx.input.defaultBranch ?? 'main';
      const sourceDirectory = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.sourcePath ?? '.',
      );
      const credentials = await ctx.getInitiatorCredentials();

      ctx.output('repositoryPath', repositories.gitdir(name));
      ctx.output('remoteUrl', repositories.remoteUrl(name));
      ctx.output('defaultBranch', branch);

      const componentRef = await readSourceComponent(sourceDirectory);
      ctx.output('componentRef', componentRef);

      if (ctx.isDryRun) {
        const parent = await checkRepository(name, componentRef, credentials);
        ctx.logger.info(
          parent
            ? `Would put a commit on top of ${parent.slice(0, 12)} in the local repository '${name}', unless nothing has changed`
            : `Would create the local repository '${name}' for ${componentRef}`,
        );
        ctx.output('commitSha', NO_COMMIT);
        ctx.output('created', false);
        ctx.output('artifactPath', archives.path(name, NO_COMMIT));
        return;
      }

      const { commitSha, created } = await ctx.checkpoint({
        key: 'commit',
        fn: async () => {
          const parent = await checkRepository(name, componentRef, credentials);
          return repositories.commit({
            name,
            branch,
            sourceDirectory,
            parent,
            message:
              ctx.input.commitMessage ??
              (parent ? `Update ${name}` : `Create ${name}`),
            description: ctx.input.description,
            author: commitAuthor(ctx.user),
            onlyNew: ctx.input.onExisting === 'fail',
            now: Date.now(),
          });
        },
      });
      ctx.logger.info(
        created
          ? `Committed ${commitSha.slice(0, 12)} to '${branch}' of the local repository '${name}'`
          : `The local repository '${name}' has this content already, as ${commitSha.slice(0, 12)}`,
      );
      ctx.output('commitSha', commitSha);
      ctx.output('created', created);

      const archive = await archives.write(name, commitSha);
      ctx.logger.info(`Archived the commit, ${archive.digest}`);
      ctx.output('artifactPath', archive.path);
      ctx.output('artifactDigest', archive.digest);
    },
  });

  /** @returns the commit to build on; nothing for a new repository */
  async function checkRepository(
    name: string,
    componentRef: string,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    const entity = await catalog.getEntityByRef(componentRef, { credentials });
    if (entity) assertFromRepository(entity, name);

    const head = await repositories.head(name);
    if (!head) return undefined;
    const text = await repositories.readFile(name, head, CATALOG_INFO_PATH);
    const current = readCatalogInfo(text ?? '');
    if (current.componentRef !== componentRef) {
      throw new ConflictError(
        `The local repository '${name}' is that of ${current.componentRef}, not of ${componentRef}. Choose another name`,
      );
    }
    await access.assertMayChange(name, current, credentials);
    return head;
  }
}

async function readSourceComponent(sourceDirectory: string): Promise<string> {
  const text = await readFile(
    resolveSafeChildPath(sourceDirectory, CATALOG_INFO_PATH),
    'utf8',
  ).catch(error => {
    if (error.code !== 'ENOENT') throw error;
    throw new InputError(
      `There is no ${CATALOG_INFO_PATH} among the files to publish`,
    );
  });
  return readCatalogInfo(text).componentRef;
}

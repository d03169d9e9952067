import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type {
  DeliveryCommitSource,
  SourceCommitRange,
  SourceLocation,
} from '@slipway/backstage-plugin-delivery-node';
import { existsSync } from 'node:fs';
import { git, GitError, type GitOptions } from './git';
import { type Histories, missing } from './Histories';
import { rangeOf } from './history';
import { remoteOf } from './remote';

const localType = 'slipway-repository';
const commitName = /^[0-9a-f]{7,64}$/i;

/** Reads histories of the integrations' hosts, and of the portal's own repositories. */
export class GitCommits implements DeliveryCommitSource {
  readonly name = 'git';

  constructor(
    private readonly options: {
      histories: Histories;
      integrations: ScmIntegrationRegistry;
      localRepositories: string;
    },
  ) {}

  reads({ type }: SourceLocation): boolean {
    return type === 'url' || type === localType;
  }

  async between(
    {
      location,
      ...range
    }: { location: SourceLocation; from: string; to: string },
    { limit, signal }: { limit: number; signal: AbortSignal },
  ): Promise<SourceCommitRange> {
    const { histories, integrations } = this.options;
    const commits = [range.from, range.to];
    // Anything else could be read by git as an option, or as a branch.
    if (!commits.every(commit => commitName.test(commit)))
      throw new InputError('A commit is named by 7 to 64 hexadecimal digits');
    if (location.type === localType) {
      const options = { gitDir: this.#localPath(location.target), signal };
      return read({ ...range, limit }, options, location.target);
    }
    const remote = remoteOf(location.target, integrations);
    try {
      return await histories.with(remote, commits, signal, options =>
        read(
          { ...range, limit, commitUrl: remote.commitUrl },
          options,
          remote.url,
        ),
      );
    } catch (error) {
      if (error instanceof GitError)
        throw new Error(`${remote.url} cannot be read: ${inWords(error)}`);
      throw error;
    }
  }

  #localPath(name: string): string {
    const path = resolveSafeChildPath(
      this.options.localRepositories,
      `${name}.git`,
    );
    if (!existsSync(path))
      throw new NotFoundError(`There is no local repository '${name}'`);
    return path;
  }
}

async function read(
  wanted: Parameters<typeof rangeOf>[0],
  options: GitOptions,
  repository: string,
): Promise<SourceCommitRange> {
  const unknown = await missing([wanted.from, wanted.to], options);
  if (unknown.length) {
    // Without git itself nothing is found either.
    await git(['--version'], options);
    throw new NotFoundError(
      `${repository} has no commit ${unknown.join(' and no commit ')}, or not one only; a release's \`provenance.commit\` should name a commit that was pushed`,
    );
  }
  return rangeOf(wanted, options);
}

function inWords({ message }: GitError): string {
  return /could not read Username|Authentication failed|returned error: 40[13]/i.test(
    message,
  )
    ? 'the credentials of its integration do not let the portal in'
    : message;
}

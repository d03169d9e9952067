import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type {
  DeliveryCommitSource,
  SourceCommitRange,
  SourceLocation,
} from '@slipway/backstage-plugin-delivery-node';
import { existsSync } from 'node:fs';
import { GitError, type GitOptions } from './git';
import type { Histories } from './Histories';
import { rangeOf, type WantedRange } from './history';
import { remoteOf } from './remote';

const localType = 'slipway-repository';
const commitName = /^[0-9a-f]{7,64}$/i;

/** Reads histories of the integrations' hosts, and of the portal's own repositories. */
export class GitCommits implements DeliveryCommitSource {
  readonly name = 'git';
  readonly title = 'Git';

  constructor(
    private readonly options: {
      histories: Histories;
      integrations: ScmIntegrationRegistry;
      /** Where the portal's own repositories are, `<name>.git` each. */
      localRepositories: string;
    },
  ) {}

  reads({ type }: SourceLocation): boolean {
    return type === 'url' || type === localType;
  }

  async between(
    range: { location: SourceLocation; from: string; to: string },
    context: { limit: number; signal: AbortSignal },
  ): Promise<SourceCommitRange> {
    const { location, from, to } = range;
    // Anything else git could read as an option.
    if (![from, to].every(commit => commitName.test(commit)))
      throw new InputError('A commit is named by 7 to 64 hexadecimal digits');
    const wanted = { from, to, limit: context.limit };
    try {
      return location.type === localType
        ? await this.#local(wanted, location.target, context.signal)
        : await this.#remote(wanted, location.target, context.signal);
    } catch (error) {
      if (error instanceof GitError)
        throw new ServiceUnavailableError(inWords(error));
      throw error;
    }
  }

  async #local(
    wanted: Omit<WantedRange, 'repository'>,
    name: string,
    signal: AbortSignal,
  ): Promise<SourceCommitRange> {
    const gitDir = resolveSafeChildPath(
      this.options.localRepositories,
      `${name}.git`,
    );
    if (!existsSync(gitDir))
      throw new NotFoundError(`There is no local repository '${name}'`);
    const options: GitOptions = { gitDir, signal };
    return rangeOf({ ...wanted, repository: name }, options);
  }

  async #remote(
    wanted: Omit<WantedRange, 'repository'>,
    target: string,
    signal: AbortSignal,
  ): Promise<SourceCommitRange> {
    const { histories, integrations } = this.options;
    const remote = remoteOf(target, integrations);
    const { url: repository, commitUrl } = remote;
    return histories.with(remote, [wanted.from, wanted.to], signal, options =>
      rangeOf({ ...wanted, repository, commitUrl }, options),
    );
  }
}

function inWords({ message }: GitError): string {
  return /could not read Username|Authentication failed|returned error: 40[13]/i.test(
    message,
  )
    ? 'The credentials of its integration do not let the portal read it'
    : message;
}

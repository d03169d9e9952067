import { NotFoundError } from '@backstage/errors';
import type {
  SourceCommit,
  SourceCommitList,
  SourceCommitRange,
} from '@slipway/backstage-plugin-delivery-node';
import { git, type GitOptions } from './git';

const longestTitle = 500;
const longestName = 200;
/** Seconds; the end of the year 9999, since anybody may write any time into a commit. */
const latest = 253_402_300_799;

export interface WantedRange {
  /** Hexadecimal, possibly shortened. */
  from: string;
  to: string;
  /** How many commits of each side. */
  limit: number;
  /** As people know it. */
  repository: string;
  commitUrl?(sha: string): string;
}

/** Reads from a repository what lies between two commits. Throws `NotFoundError` where it has not got them. */
export async function rangeOf(
  { from, to, ...wanted }: WantedRange,
  options: GitOptions,
): Promise<SourceCommitRange> {
  const [first, last] = await resolve([from, to], options);
  if (!first || !last) {
    const missing = [...(first ? [] : [from]), ...(last ? [] : [to])];
    throw new NotFoundError(
      `${wanted.repository} has no commit ${missing.join(' and no commit ')} on its branches and tags, or more than one of that short name; a release's provenance.commit should name one that was pushed`,
    );
  }
  const [added, removed] = await Promise.all([
    listOf(`${first}..${last}`, wanted, options),
    listOf(`${last}..${first}`, wanted, options),
  ]);
  return { added, removed };
}

/** The full names of commits; nothing for one that is not there, or of which there is more than one. */
export async function resolve(
  commits: string[],
  options: GitOptions,
): Promise<Array<string | undefined>> {
  const answer = await git(['cat-file', '--batch-check'], {
    ...options,
    input: commits.map(commit => `${commit}^{commit}\n`).join(''),
  });
  const lines = answer.split('\n');
  return commits.map((commit, index) => {
    const [sha, type] = lines[index].split(' ');
    // A branch may be called as if it were a commit.
    return type === 'commit' && sha.startsWith(commit.toLowerCase())
      ? sha
      : undefined;
  });
}

async function listOf(
  range: string,
  { commitUrl, limit }: Pick<WantedRange, 'commitUrl' | 'limit'>,
  options: GitOptions,
): Promise<SourceCommitList> {
  const [count, log] = await Promise.all([
    git(['rev-list', '--count', range, '--'], options),
    git(
      [
        'log',
        '-z',
        '--format=%H%n%ct%n%an%n%s',
        `--max-count=${limit}`,
        range,
        '--',
      ],
      options,
    ),
  ]);
  const items = log
    .split('\0')
    .filter(Boolean)
    .map((record): SourceCommit => {
      const [sha, at, authorName, ...title] = record.split('\n');
      return {
        sha,
        title: plain(title.join(' ')).slice(0, longestTitle),
        authorName: plain(authorName).slice(0, longestName),
        at: new Date(Math.min(Number(at), latest) * 1000).toISOString(),
        ...(commitUrl && { url: commitUrl(sha) }),
      };
    });
  return { total: Number(count), items };
}

/** Without what would turn the text around it: anybody who commits writes these. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ').trim();
}

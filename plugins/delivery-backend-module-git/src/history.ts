import type {
  SourceCommit,
  SourceCommitList,
  SourceCommitRange,
} from '@slipway/backstage-plugin-delivery-node';
import { git, type GitOptions } from './git';

const longestTitle = 500;
const longestName = 200;

interface Wanted {
  from: string;
  to: string;
  limit: number;
  commitUrl?(sha: string): string;
}

/** Reads from a repository what lies between two commits that it has. */
export async function rangeOf(
  wanted: Wanted,
  options: GitOptions,
): Promise<SourceCommitRange> {
  const { from, to } = wanted;
  const [added, removed] = await Promise.all([
    listOf(`${from}..${to}`, wanted, options),
    listOf(`${to}..${from}`, wanted, options),
  ]);
  return { added, removed };
}

/** Whether the repository has a commit of this name, and only one. */
export async function hasCommit(
  commit: string,
  options: GitOptions,
): Promise<boolean> {
  try {
    await git(
      ['rev-parse', '--verify', '--quiet', `${commit}^{commit}`],
      options,
    );
    return true;
  } catch {
    options.signal.throwIfAborted();
    return false;
  }
}

async function listOf(
  range: string,
  { commitUrl, limit }: Wanted,
  options: GitOptions,
): Promise<SourceCommitList> {
  const [count, log] = await Promise.all([
    git(['rev-list', '--count', range, '--'], options),
    git(
      [
        'log',
        '-z',
        '--format=%H%n%cI%n%an%n%s',
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
        at: new Date(at).toISOString(),
        ...(commitUrl && { url: commitUrl(sha) }),
      };
    });
  return { total: Number(count), items };
}

/** Anybody who commits writes these. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ').trim();
}

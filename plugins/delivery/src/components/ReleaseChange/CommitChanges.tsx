import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import type {
  CommitComparison,
  SourceCommits,
} from '@slipway/backstage-plugin-delivery-common';
import { RelativeTime } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

type Commit = SourceCommits['items'][number];

function Sha({ sha, url }: Pick<Commit, 'sha' | 'url'>) {
  const short = <code>{sha.slice(0, 7)}</code>;
  return url ? (
    <Link href={url} target="_blank" rel="noopener noreferrer">
      {short}
    </Link>
  ) : (
    short
  );
}

function Commits({
  title,
  commits,
}: {
  title: string;
  commits: SourceCommits;
}) {
  const t = useT();
  const { items, total } = commits;
  return (
    <div>
      <div>{title}</div>
      <Box
        role="region"
        aria-label={title}
        tabIndex={0}
        sx={{ maxHeight: 260, overflow: 'auto' }}
      >
        <List dense disablePadding>
          {items.map(({ at, authorName, sha, title: message, url }) => (
            <ListItem
              key={sha}
              disableGutters
              sx={{ gap: 1.5, alignItems: 'baseline', py: 0.25 }}
            >
              <Sha sha={sha} url={url} />
              <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
                {message}{' '}
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {authorName}, <RelativeTime at={at} />
                </Box>
              </Box>
            </ListItem>
          ))}
        </List>
      </Box>
      {total > items.length && (
        <div>{t('inside.more', { count: total - items.length })}</div>
      )}
    </div>
  );
}

/** Which commits come, and which go as in a rollback; or why nobody knows. */
export function CommitChanges({
  commits: { added, reason, removed, state },
}: {
  commits: CommitComparison;
}) {
  const t = useT();
  if (state === 'reading') {
    return <div role="status">{t('inside.commitsRead')}</div>;
  }
  if (state === 'unknown' || !added || !removed) {
    return (
      <div>
        {t('inside.commitsUnknown')}
        {reason && `: ${reason}.`}
      </div>
    );
  }
  if (added.total + removed.total === 0) {
    return <div>{t('inside.sameCommits')}</div>;
  }
  return (
    <Box sx={{ display: 'grid', gap: 1, minWidth: 0 }}>
      {added.total > 0 && (
        <Commits
          title={t('inside.commitsAdded', { count: added.total })}
          commits={added}
        />
      )}
      {removed.total > 0 && (
        <Commits
          title={t('inside.commitsRemoved', { count: removed.total })}
          commits={removed}
        />
      )}
    </Box>
  );
}

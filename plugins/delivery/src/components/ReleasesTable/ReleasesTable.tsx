import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import RejectedIcon from '@mui/icons-material/Block';
import CopyIcon from '@mui/icons-material/ContentCopy';
import { toastApiRef, useApiHolder } from '@backstage/frontend-plugin-api';
import type {
  Release,
  ReleaseRejection,
} from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  ReasonButton,
  RelativeTime,
  ScrollTable,
  StatusWord,
  visuallyHidden,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { statusLine } from '../statusLine';
import { shortDigest } from '../shortDigest';

function Digest({ release }: { release: Release }) {
  const t = useT();
  // Only the new frontend system has toasts.
  const toasts = useApiHolder().get(toastApiRef);
  const copy = async () => {
    await navigator.clipboard.writeText(release.digest);
    toasts?.post({ title: t('releases.copied'), status: 'success' });
  };
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      <code title={release.digest}>{shortDigest(release.digest)}</code>{' '}
      <IconButton
        size="small"
        aria-label={t('releases.copyDigest', { version: release.version })}
        onClick={copy}
      >
        <CopyIcon fontSize="inherit" />
      </IconButton>
    </Box>
  );
}

/** That it is never rolled out again: who said so, when, and why. */
function Rejection({ rejection }: { rejection: ReleaseRejection }) {
  const t = useT();
  return (
    <Box sx={{ fontWeight: 400, maxWidth: 320 }}>
      <Box sx={statusLine}>
        <StatusWord
          icon={RejectedIcon}
          tone="error"
          label={t('releases.rejected')}
        />
        <span>
          {t('releases.rejectedBy')} <ActorLink actor={rejection.by} />{' '}
          <RelativeTime at={rejection.at} />
        </span>
      </Box>
      <Box sx={{ overflowWrap: 'anywhere' }}>“{rejection.reason}”</Box>
    </Box>
  );
}

/** What can become of a release by a person's word. */
function judgement(release: Release): 'reject' | 'unreject' {
  return release.rejection ? 'unreject' : 'reject';
}

function refusalOf(
  release: Release,
  action: string,
  fallback: string,
): string | undefined {
  const permission = release.allowedActions[action];
  return permission?.allowed === false
    ? (permission.reason ?? fallback)
    : undefined;
}

/** Releases of one component. */
export function ReleasesTable(props: {
  releases: readonly Release[];
  onRollOut: (release: Release) => void;
  onPromote: (release: Release) => void;
  onJudge: (release: Release, verdict: 'reject' | 'unreject') => void;
}) {
  const { releases, onRollOut, onPromote, onJudge } = props;
  const t = useT();
  const deployRefusal = (release: Release) =>
    release.rejection
      ? t('releases.rejectedReason', {
          version: release.version,
          reason: release.rejection.reason,
        })
      : refusalOf(release, 'deploy', t('actions.notAllowed'));
  return (
    <ScrollTable label={t('releases.title')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('releases.version')}</TableCell>
          <TableCell>{t('releases.artifact')}</TableCell>
          <TableCell>{t('releases.digest')}</TableCell>
          <TableCell>{t('releases.commit')}</TableCell>
          <TableCell>{t('releases.created')}</TableCell>
          {/* Placed against this cell, what is hidden does not widen the page from within the scrolled table. */}
          <TableCell sx={{ position: 'relative' }}>
            <span style={visuallyHidden}>{t('releases.action')}</span>
          </TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {releases.map(release => (
          <TableRow key={release.id} hover>
            <TableCell component="th" scope="row" sx={{ fontWeight: 600 }}>
              {release.version}
              {release.rejection && <Rejection rejection={release.rejection} />}
            </TableCell>
            <TableCell>{release.artifact.reference}</TableCell>
            <TableCell>
              <Digest release={release} />
            </TableCell>
            <TableCell>
              {release.provenance.commit ? (
                <code title={release.provenance.commit}>
                  {release.provenance.commit.slice(0, 7)}
                </code>
              ) : (
                t('releases.noCommit')
              )}
            </TableCell>
            <TableCell sx={{ minWidth: 150 }}>
              <RelativeTime at={release.createdAt} /> {t('cards.by')}{' '}
              <ActorLink actor={release.createdBy} />
            </TableCell>
            <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
              <ReasonButton
                reason={deployRefusal(release)}
                size="small"
                aria-label={t('releases.rollOut', { version: release.version })}
                onClick={() => onRollOut(release)}
              >
                {t('matrix.rollOut')}
              </ReasonButton>
              <ReasonButton
                reason={deployRefusal(release)}
                size="small"
                aria-label={t('releases.promoteOne', {
                  version: release.version,
                })}
                onClick={() => onPromote(release)}
              >
                {t('releases.promote')}
              </ReasonButton>
              {release.allowedActions[judgement(release)] && (
                <ReasonButton
                  size="small"
                  color={release.rejection ? 'primary' : 'error'}
                  reason={refusalOf(
                    release,
                    judgement(release),
                    t('actions.notAllowed'),
                  )}
                  aria-label={t(`releases.${judgement(release)}One`, {
                    version: release.version,
                  })}
                  onClick={() => onJudge(release, judgement(release))}
                >
                  {t(`releases.${judgement(release)}`)}
                </ReasonButton>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}

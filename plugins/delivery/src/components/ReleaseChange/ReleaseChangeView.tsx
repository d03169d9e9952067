import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type {
  ReleaseChange,
  ReleaseSummary,
} from '@slipway/backstage-plugin-delivery-common';
import { ScrollTable } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { Fact, Facts } from '../Facts';
import { ReleaseLabel } from '../ReleaseLabel';
import { shortDigest } from '../shortDigest';

/** What is there before and after; nothing before a first release. */
function FromTo(props: { from?: ReactNode; to: ReactNode }) {
  const t = useT();
  return (
    <>
      {props.from ?? t('approvals.first')} → {props.to}
    </>
  );
}

function Commit({ release }: { release: ReleaseSummary }) {
  const t = useT();
  const { commit } = release;
  return commit ? (
    <code title={commit}>{commit.slice(0, 7)}</code>
  ) : (
    <span>{t('approvals.unknown')}</span>
  );
}

function ConfigurationDiff({
  changes,
}: {
  changes: ReleaseChange['configuration'];
}) {
  const t = useT();
  if (changes.length === 0) {
    return <div>{t('approvals.sameConfiguration')}</div>;
  }
  const value = (text: string | undefined) =>
    text === undefined ? <em>{t('approvals.unset')}</em> : <code>{text}</code>;
  return (
    <ScrollTable label={t('approvals.configuration')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('approvals.variable')}</TableCell>
          <TableCell>{t('approvals.before')}</TableCell>
          <TableCell>{t('approvals.after')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {changes.map(change => (
          <TableRow key={change.name}>
            <TableCell component="th" scope="row">
              <code>{change.name}</code>
            </TableCell>
            <TableCell>{value(change.from)}</TableCell>
            <TableCell>{value(change.to)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}

/** What differs between what runs and what is asked for. */
export function ReleaseChangeView({ change }: { change: ReleaseChange }) {
  const t = useT();
  const { from, to, artifact, compareUrl, configuration, notes } = change;
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Facts>
        <Fact term={t('vote.version')}>
          <FromTo
            from={from && <ReleaseLabel release={from} />}
            to={<ReleaseLabel release={to} />}
          />
        </Fact>
        <Fact term={t('approvals.commit')}>
          <FromTo
            from={from && <Commit release={from} />}
            to={<Commit release={to} />}
          />
          {compareUrl && /^https?:\/\//.test(compareUrl) && (
            <Box>
              <Link href={compareUrl} target="_blank" rel="noopener noreferrer">
                {t('approvals.compare')}
              </Link>
            </Box>
          )}
        </Fact>
        {artifact && (
          <Fact term={t('approvals.artifact')}>
            <FromTo from={artifact.from} to={artifact.to} />
          </Fact>
        )}
        <Fact term={t('vote.digest')}>
          <code title={to.digest}>{shortDigest(to.digest)}</code>
        </Fact>
      </Facts>
      <ConfigurationDiff changes={configuration} />
      {notes && (
        <div>
          <Box sx={{ color: 'text.secondary', fontSize: 13 }}>
            {t('approvals.notes')}
          </Box>
          <Box sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {notes}
          </Box>
        </div>
      )}
    </Box>
  );
}

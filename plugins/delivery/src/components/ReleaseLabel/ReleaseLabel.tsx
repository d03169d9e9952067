import Box from '@mui/material/Box';
import type { ReleaseSummary } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';

/** A release's version, with digest and commit on hover. */
export function ReleaseLabel({ release }: { release?: ReleaseSummary }) {
  const t = useT();
  if (!release) return <span>{t('release.none')}</span>;
  return (
    <Box
      component="span"
      title={[release.digest, release.commit].filter(Boolean).join('\n')}
      sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}
    >
      {release.version}
    </Box>
  );
}

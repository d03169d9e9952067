import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type {
  ManifestChange,
  ReleasePreview,
} from '@slipway/backstage-plugin-delivery-common';
import { Loaded, SkeletonRows } from '@slipway/backstage-plugin-slipway-react';
import { useId } from 'react';
import { useReleasePreview } from '../../hooks/useReleasePreview';
import { useT } from '../../hooks/useT';
import { ManifestChanges } from './ManifestChanges';

/** Objects that could not be written, with who keeps them from it. */
function Conflicts({ items }: { items: readonly ManifestChange[] }) {
  const t = useT();
  return items.map(({ name, conflicts = [] }) => (
    <Alert key={name} severity="warning">
      <div>{t('preview.conflicts', { name })}</div>
      <Box component="ul" sx={{ m: 0, pl: 2.5, overflowWrap: 'anywhere' }}>
        {conflicts.map(({ field, message }) => (
          <li key={field}>{message}</li>
        ))}
      </Box>
    </Alert>
  ));
}

function Known({ items, note }: ReleasePreview) {
  const t = useT();
  const changed = items.filter(({ conflicts }) => !conflicts);
  return (
    <>
      <Conflicts items={items.filter(({ conflicts }) => conflicts)} />
      {changed.length > 0 && <ManifestChanges manifests={changed} />}
      {items.length === 0 && <div>{t('preview.nothing')}</div>}
      {note && <div>{note}.</div>}
    </>
  );
}

function Unknown(props: { reason?: string; onRetry: () => void }) {
  const t = useT();
  return (
    <Alert
      severity="info"
      action={
        <Button color="inherit" size="small" onClick={props.onRetry}>
          {t('preview.again')}
        </Button>
      }
    >
      <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
        {t('preview.unknown')}
        {props.reason && `: ${props.reason}.`}
      </Box>
    </Alert>
  );
}

/** What the cluster itself says that a release would change. Nothing where the runtime does not tell beforehand. */
export function ClusterChanges(props: {
  wanted: Parameters<typeof useReleasePreview>[0];
}) {
  const t = useT();
  const titleId = useId();
  const query = useReleasePreview(props.wanted);
  if (query.data?.state === 'none') return null;
  return (
    <Box
      component="section"
      aria-labelledby={titleId}
      aria-busy={query.loading}
      sx={{ display: 'grid', gap: 1, minWidth: 0 }}
    >
      <Typography id={titleId} component="h3" variant="subtitle2">
        {t('preview.title')}
      </Typography>
      <Loaded
        query={query}
        errorTitle={t('preview.failed')}
        skeleton={
          <div role="status" aria-label={t('preview.asking')}>
            <SkeletonRows rows={2} height={24} />
          </div>
        }
      >
        {preview =>
          preview.state === 'known' ? (
            <Known {...preview} />
          ) : (
            <Unknown reason={preview.reason} onRetry={query.retry} />
          )
        }
      </Loaded>
    </Box>
  );
}

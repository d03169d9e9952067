import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReleaseComparison as Comparison } from '@slipway/backstage-plugin-delivery-common';
import { Loaded, SkeletonRows } from '@slipway/backstage-plugin-slipway-react';
import type { ReactNode } from 'react';
import { useReleaseComparison } from '../../hooks/useReleaseComparison';
import { useT } from '../../hooks/useT';
import { CommitChanges } from './CommitChanges';
import { DependencyChanges } from './DependencyChanges';
import { ManifestChanges } from './ManifestChanges';
import { ReleaseChangeView } from './ReleaseChangeView';

interface Wanted {
  releaseId: string;
  environmentRef: string;
  /** What runs there, when left out. */
  fromReleaseId?: string;
}

function Titled(props: { title: string; children: ReactNode }) {
  return (
    <Box component="section" sx={{ minWidth: 0 }}>
      <Typography
        component="h4"
        sx={{ fontSize: 13, fontWeight: 400, color: 'text.secondary', m: 0 }}
      >
        {props.title}
      </Typography>
      {props.children}
    </Box>
  );
}

function Inside({ commits, dependencies, manifests }: Comparison) {
  const t = useT();
  return (
    <>
      <Titled title={t('inside.commitsTitle')}>
        <CommitChanges commits={commits} />
      </Titled>
      <Titled title={t('inside.dependenciesTitle')}>
        <DependencyChanges dependencies={dependencies} />
      </Titled>
      {manifests && (
        <Titled title={t('inside.manifestsTitle')}>
          <ManifestChanges manifests={manifests} />
        </Titled>
      )}
    </>
  );
}

function Compared(props: {
  wanted: Wanted;
  children: (comparison: Comparison) => ReactNode;
}) {
  const t = useT();
  const query = useReleaseComparison(props.wanted);
  return (
    <Box sx={{ display: 'grid', gap: 2, mt: 2, minWidth: 0 }}>
      <Loaded
        query={query}
        errorTitle={t('inside.failed')}
        skeleton={<SkeletonRows rows={2} height={24} />}
      >
        {props.children}
      </Loaded>
    </Box>
  );
}

/** What differs inside: commits, dependencies, and the objects that a runtime applies. Read when it is shown. */
export function ReleaseInside({ wanted }: { wanted: Wanted }) {
  return (
    <Compared wanted={wanted}>
      {comparison => <Inside {...comparison} />}
    </Compared>
  );
}

/** All that differs between a release and what runs, read when it is shown. */
export function ReleasePreview({ wanted }: { wanted: Wanted }) {
  return (
    <Compared wanted={wanted}>
      {comparison => (
        <>
          <ReleaseChangeView change={comparison.change} />
          <Inside {...comparison} />
        </>
      )}
    </Compared>
  );
}

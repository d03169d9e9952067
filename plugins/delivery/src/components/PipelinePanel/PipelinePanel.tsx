import { useMemo } from 'react';
import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { PipelinePreview } from '@slipway/backstage-plugin-delivery-common';
import {
  EmptyState,
  Loaded,
  Panel,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { usePipelinePreview } from '../../hooks/usePipelinePreview';
import { useReleases } from '../../hooks/useReleases';
import { useT } from '../../hooks/useT';
import { DocumentSource } from '../DocumentSource';
import { PipelineGraph } from '../PipelineGraph';
import { shortDigest } from '../shortDigest';
import { previewStages } from './previewStages';
import { StageItem } from './StageItem';

const defaults = { release: '' };

interface RollOutTarget {
  environmentRef: string;
  releaseId?: string;
}

function Preview(props: {
  preview: PipelinePreview;
  onRelease: (releaseId: string) => void;
  onRollOut: (target: RollOutTarget) => void;
}) {
  const { preview, onRelease, onRollOut } = props;
  const { pipeline, release, stages } = preview;
  const t = useT();
  const known = useReleases(preview.componentRef).data?.items ?? [];
  // The one that was asked about may be older than the page of releases that was read.
  const choices =
    release && !known.some(one => one.id === release.id)
      ? [release, ...known]
      : known;
  const drawn = useMemo(() => previewStages(t, preview), [t, preview]);
  const titles = new Map(
    stages.map(one => [one.stage, one.title ?? one.stage]),
  );
  return (
    <>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 2 }}>
        {t('pipeline.inForce', { title: pipeline.title })}{' '}
        <code title={pipeline.digest}>{shortDigest(pipeline.digest)}</code>,{' '}
        <DocumentSource source={pipeline.source} />
      </Typography>
      <PipelineGraph stages={drawn} />
      {release ? (
        <TextField
          select
          size="small"
          label={t('pipeline.release')}
          value={release.id}
          onChange={event => onRelease(event.target.value)}
          sx={{ minWidth: 240, mb: 1 }}
        >
          {choices.map(one => (
            <MenuItem key={one.id} value={one.id}>
              {one.version}
            </MenuItem>
          ))}
        </TextField>
      ) : (
        <Box>{t('pipeline.noRelease')}</Box>
      )}
      <Box component="ol" aria-label={t('pipeline.stages')} sx={{ m: 0, p: 0 }}>
        {stages.map(stage => (
          <StageItem
            key={stage.stage}
            stage={stage}
            document={pipeline.stages.find(one => one.name === stage.stage)}
            release={release}
            componentRef={preview.componentRef}
            after={stage.needs.map(name => titles.get(name) ?? name)}
            onRollOut={() =>
              onRollOut({
                environmentRef: stage.environmentRef,
                releaseId: release?.id,
              })
            }
          />
        ))}
      </Box>
    </>
  );
}

/** The pipeline of a component, live, and what would happen to a release now. */
export function PipelinePanel(props: {
  componentRef: string;
  onRollOut: (target: RollOutTarget) => void;
}) {
  const { componentRef, onRollOut } = props;
  const t = useT();
  const links = useDeliveryLinks();
  const [state, setState] = useUrlState(defaults, 'pipeline.');
  const query = usePipelinePreview(componentRef, state.release);
  return (
    <Panel
      title={t('pipeline.title')}
      actions={
        links.pipelines && (
          <Link to={links.pipelines}>{t('pipeline.open')}</Link>
        )
      }
    >
      <Loaded
        query={query}
        errorTitle={t('pipeline.failed')}
        isEmpty={preview => preview === null}
        empty={
          <EmptyState
            title={t('pipeline.none')}
            description={t('pipeline.noneHelp')}
          />
        }
      >
        {preview =>
          preview && (
            <Preview
              preview={preview}
              onRelease={release => setState({ release })}
              onRollOut={onRollOut}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

import type {
  PipelinePreview,
  StagePreview,
} from '@slipway/backstage-plugin-delivery-common';
import type { StatusTone } from '@slipway/backstage-plugin-slipway-react';
import type { T } from '../../hooks/useT';
import type { GraphStage } from '../PipelineGraph';

const tones: Record<StagePreview['verdict'], StatusTone> = {
  runs: 'success',
  ready: 'info',
  held: 'warning',
  refused: 'error',
};

/** A pipeline's stages with what runs there and what would happen to a release, for the graph. */
export function previewStages(
  t: T,
  { pipeline, stages }: PipelinePreview,
): GraphStage[] {
  const automatic = new Set(
    pipeline.stages.filter(one => one.autoPromote).map(one => one.name),
  );
  return stages.map(one => {
    const { deployment } = one;
    const version = deployment?.release?.version ?? t('release.none');
    return {
      name: one.stage,
      title: one.title ?? one.stage,
      needs: one.needs,
      tone: tones[one.verdict],
      lines: [
        `${one.environmentName}: ${version}`,
        t(`pipeline.verdict.${one.verdict}`),
        ...(deployment?.activeRolloutPhase
          ? [t(`phase.${deployment.activeRolloutPhase}`)]
          : []),
        ...(automatic.has(one.stage) ? [t('stagePolicy.automatic')] : []),
      ],
    };
  });
}

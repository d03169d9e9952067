import type { PipelineStage } from '@slipway/backstage-plugin-delivery-common';
import type { T } from '../../hooks/useT';

/** A duration as its document has it; plain numbers are seconds. */
export function durationWords(t: T, duration: string | number): string {
  return typeof duration === 'number'
    ? t('pipelines.duration', { seconds: String(duration) })
    : duration;
}

/** Names of what is measured before a stage counts as through. */
export function verificationWords(stage: PipelineStage): string | undefined {
  return stage.verification?.metrics.map(({ name }) => name).join(', ');
}

/** How promotions go through a stage: who begins, how long it may take, what a failure does. */
export function promotionWords(t: T, stage: PipelineStage): string[] {
  return [
    t(stage.autoPromote ? 'stagePolicy.automatic' : 'stagePolicy.onRequest'),
    ...(stage.timeout === undefined
      ? []
      : [
          t('stagePolicy.timeout', {
            duration: durationWords(t, stage.timeout),
          }),
        ]),
    t(`stagePolicy.onFailure.${stage.onFailure ?? 'rollback'}`),
  ];
}

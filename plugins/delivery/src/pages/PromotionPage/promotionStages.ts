import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import type { GraphStage } from '../../components/PipelineGraph';
import { promotionStageLook } from '../../components/Status';
import type { T } from '../../hooks/useT';

/** The stages of a promotion with how each stands and how many components are through, for the graph. */
export function promotionStages(t: T, promotion: Promotion): GraphStage[] {
  return promotion.stages.map(stage => {
    const through = stage.items.filter(
      ({ status }) => status === 'succeeded' || status === 'skipped',
    ).length;
    return {
      name: stage.name,
      title: stage.title,
      needs: stage.needs,
      tone: promotionStageLook[stage.status].tone,
      lines: [
        ...(stage.environmentName === stage.title
          ? []
          : [stage.environmentName]),
        t(`promotionStage.${stage.status}`),
        ...(promotion.items.length > 1
          ? [
              t('promotion.through', {
                through: String(through),
                all: String(stage.items.length),
              }),
            ]
          : []),
      ],
    };
  });
}

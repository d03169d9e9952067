import type { LoggerService } from '@backstage/backend-plugin-api';
import { createEngine, type Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import {
  projectPromotion,
  projectRelease,
  projectRequest,
  projectRollout,
} from './database/projections';
import { journalWorkflow } from './domain/journal/journalWorkflow';
import { promotionWorkflow } from './domain/promotion/promotionWorkflow';
import { releaseWorkflow } from './domain/release/releaseWorkflow';
import { requestWorkflow } from './domain/request/requestWorkflow';
import { rolloutWorkflow } from './domain/rollout/rolloutWorkflow';
import { createGatesEffect } from './effects/gatesEffect';
import { createPromotionEffects } from './effects/promotionEffects';
import { createRolloutEffects } from './effects/rolloutEffects';
import { createWindowsEffect } from './effects/windowsEffect';
import type { DeliveryRegistry } from './registry/DeliveryRegistry';
import type { GateFactsReader } from './service/gates/GateFactsReader';
import type { PromotionRollouts } from './service/promotions/PromotionRollouts';

/** The engine with delivery's workflows, their read tables and their effects. */
export function createDeliveryEngine(options: {
  knex: Knex;
  registry: DeliveryRegistry;
  facts: GateFactsReader;
  now: () => number;
  /** Asked when there is something to do, because these need the engine themselves. */
  promotionRollouts: () => PromotionRollouts;
  logger: LoggerService;
}): Promise<Engine> {
  const { knex, registry, facts, logger, now, promotionRollouts } = options;
  return createEngine({
    knex,
    logger,
    workflows: [
      { ...rolloutWorkflow, project: projectRollout },
      { ...releaseWorkflow, project: projectRelease },
      { ...promotionWorkflow, project: projectPromotion },
      { ...requestWorkflow, project: projectRequest },
      journalWorkflow,
    ],
    handlers: {
      ...createRolloutEffects(registry),
      ...createPromotionEffects(promotionRollouts),
      'delivery.gates': createGatesEffect({ knex, facts, now }),
      'delivery.windows': createWindowsEffect({ facts, now }),
    },
    concurrency: 16,
  });
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import { createEngine, type Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { projectRelease, projectRollout } from './database/projections';
import { releaseWorkflow } from './domain/release/releaseWorkflow';
import { rolloutWorkflow } from './domain/rollout/rolloutWorkflow';
import { createGatesEffect } from './effects/gatesEffect';
import { createRolloutEffects } from './effects/rolloutEffects';
import type { DeliveryRegistry } from './registry/DeliveryRegistry';
import type { GateFactsReader } from './service/gates/GateFactsReader';

/** The engine with delivery's workflows, their read tables and their effects. */
export function createDeliveryEngine(options: {
  knex: Knex;
  registry: DeliveryRegistry;
  facts: GateFactsReader;
  logger: LoggerService;
}): Promise<Engine> {
  const { knex, registry, facts, logger } = options;
  return createEngine({
    knex,
    logger,
    workflows: [
      { ...rolloutWorkflow, project: projectRollout },
      { ...releaseWorkflow, project: projectRelease },
    ],
    handlers: {
      ...createRolloutEffects(registry),
      'delivery.gates': createGatesEffect({ knex, facts }),
    },
    concurrency: 16,
  });
}

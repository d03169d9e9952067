import type { LoggerService } from '@backstage/backend-plugin-api';
import { createEngine, type Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { projectChange } from './database/projectChange';
import { changeWorkflow } from './domain/change/changeWorkflow';
import type { ChangeMeans } from './domain/change/state';
import { createChangeEffects } from './effects/changeEffects';
import type { ReplicaMeans } from './effects/ReplicaMeans';

/** The engine with scaling's workflow, its read table and its effects. */
export function createScalingEngine(options: {
  knex: Knex;
  logger: LoggerService;
  means: Record<ChangeMeans, ReplicaMeans>;
}): Promise<Engine> {
  const { knex, logger, means } = options;
  return createEngine({
    knex,
    logger,
    workflows: [{ ...changeWorkflow, project: projectChange }],
    handlers: createChangeEffects(means),
  });
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import { createEngine, type Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import type { ChangeStore } from './database/ChangeStore';
import { projectChange } from './database/projectChange';
import { changeWorkflow } from './domain/change/changeWorkflow';
import type { ChangeMeans } from './domain/change/state';
import { createChangeEffects } from './effects/changeEffects';
import type { DeliveryGates } from './effects/DeliveryGates';
import { createPolicyEffects } from './effects/policyEffects';
import type { PolicyMeans } from './effects/PolicyMeans';
import type { ReplicaMeans } from './effects/ReplicaMeans';

/** The engine with scaling's workflow, its read table and its effects. */
export async function createScalingEngine(options: {
  knex: Knex;
  logger: LoggerService;
  means: Record<ChangeMeans, ReplicaMeans>;
  changes: ChangeStore;
  gates: DeliveryGates;
  policies: Record<ChangeMeans, PolicyMeans>;
}): Promise<Engine> {
  const { knex, logger, means } = options;
  // A policy that takes the place of another one tells that one's run.
  const self: { engine?: Engine } = {};
  const policyEffects = createPolicyEffects({
    ...options,
    engine: () => {
      if (!self.engine) throw new Error('Not started yet');
      return self.engine;
    },
  });
  self.engine = await createEngine({
    knex,
    logger,
    workflows: [{ ...changeWorkflow, project: projectChange }],
    handlers: { ...createChangeEffects(means), ...policyEffects },
  });
  return self.engine;
}

import type { AuditorService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import type { CatalogReader } from '../catalog/CatalogReader';
import { DeploymentStore } from '../database/DeploymentStore';
import { ReleaseStore } from '../database/ReleaseStore';
import { RolloutStore } from '../database/RolloutStore';
import type { Authorizer } from '../permissions/Authorizer';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';
import type { DeliveryServices } from '../router/createRouter';
import { DeploymentService } from './DeploymentService';
import { FeedService } from './FeedService';
import { Mutations } from './Mutations';
import { ReleaseService } from './ReleaseService';
import { RolloutLauncher } from './RolloutLauncher';
import { RolloutReader } from './RolloutReader';
import { RolloutService } from './RolloutService';
import { readDefaultStrategies } from './strategies';

/** The one service layer, over its stores. */
export function createServices(options: {
  auditor: AuditorService;
  authorizer: Authorizer;
  catalog: CatalogReader;
  config: Config;
  engine: Engine;
  knex: Knex;
  now: () => number;
  registry: DeliveryRegistry;
}): DeliveryServices {
  const { auditor, config, knex, now, registry } = options;
  const mutations = new Mutations({ knex, auditor, now });
  const strategies = readDefaultStrategies(config, registry);
  const deployments = new DeploymentStore(knex);
  const releases = new ReleaseStore(knex);
  const rollouts = new RolloutStore(knex);
  const reader = new RolloutReader({ ...options, store: rollouts });
  return {
    deployments: new DeploymentService({
      ...options,
      store: deployments,
      rollouts,
      strategies,
    }),
    releases: new ReleaseService({ ...options, store: releases, mutations }),
    rollouts: new RolloutService({
      ...options,
      reader,
      launcher: new RolloutLauncher({ ...options, mutations, strategies }),
      releases,
      deployments,
      mutations,
    }),
    rolloutReader: reader,
    feed: new FeedService(options),
  };
}

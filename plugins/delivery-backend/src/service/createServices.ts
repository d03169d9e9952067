import type {
  AuditorService,
  AuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  type Authorizer,
  Mutations,
  type VisibleComponents,
} from '@slipway/backstage-plugin-slipway-node';
import { type Engine, wasGivenUp } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import type { CatalogReader, ComponentFacts } from '../catalog/CatalogReader';
import type { Stores } from '../database/createStores';
import type { PipelineFacts } from '../domain/pipeline/PipelineFacts';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';
import type { DeliveryServices } from '../router/DeliveryServices';
import { ApprovalService } from './ApprovalService';
import { BreakGlassService } from './BreakGlassService';
import type { CommitReader } from './commits/CommitReader';
import { DelegationService } from './DelegationService';
import { DeploymentService } from './DeploymentService';
import { FeedService } from './FeedService';
import type { GateDocuments } from './gates/GateDocuments';
import type { Electorate } from './gates/Electorate';
import type { GateFactsReader } from './gates/GateFactsReader';
import { TargetGateReader } from './gates/TargetGateReader';
import { HoldService } from './HoldService';
import type { KnownIncidents } from './incidents/KnownIncidents';
import { translated } from './engineErrors';
import { Journal } from './Journal';
import { type DocumentCatalog, PipelineService } from './PipelineService';
import { PromotionPlanner } from './promotions/PromotionPlanner';
import { PromotionRollouts } from './promotions/PromotionRollouts';
import { PromotionService } from './promotions/PromotionService';
import { ReleaseRejections } from './ReleaseRejections';
import { ReleaseComparer } from './releases/ReleaseComparer';
import { ReleasePreviewer } from './releases/ReleasePreviewer';
import { ReleaseService } from './ReleaseService';
import { RequestService } from './requests/RequestService';
import { RollbackService } from './RollbackService';
import { RolloutLauncher } from './RolloutLauncher';
import { RolloutReader } from './RolloutReader';
import { RolloutService } from './RolloutService';
import { ScaleService } from './ScaleService';
import type { DefaultStrategies } from './strategies';
import type { WindowCatalog } from './windows/WindowCatalog';
import { WindowExceptionService } from './windows/WindowExceptionService';

/** The one service layer, over its stores. */
export function createServices(
  options: Stores & {
    auditor: AuditorService;
    auth: AuthService;
    authorizer: Authorizer;
    catalog: CatalogReader;
    commits: CommitReader;
    documents: DocumentCatalog & GateDocuments & WindowCatalog;
    electorate: Electorate;
    engine: Engine;
    facts: GateFactsReader;
    knownIncidents: KnownIncidents;
    logger: LoggerService;
    knex: Knex;
    now: () => number;
    people: () => Promise<PipelineFacts>;
    registry: DeliveryRegistry;
    strategies: DefaultStrategies;
    visibleComponents: VisibleComponents<ComponentFacts>;
  },
): DeliveryServices & {
  promotionPlanner: PromotionPlanner;
  promotionRollouts: PromotionRollouts;
} {
  const mutations = new Mutations({
    ...options,
    isMomentary: wasGivenUp,
    translate: translated,
  });
  const journal = new Journal(options);
  const rejections = new ReleaseRejections(options);
  const launcher = new RolloutLauncher({ ...options, mutations });
  const planner = new PromotionPlanner(options);
  const reader = new RolloutReader({ ...options, store: options.rollouts });
  const requests = new RequestService({
    ...options,
    store: options.approvals,
    mutations,
  });
  return {
    requests,
    approvals: new ApprovalService({
      ...options,
      store: options.approvals,
      reader,
      requests,
      mutations,
    }),
    breakGlass: new BreakGlassService({
      ...options,
      reader,
      journal,
      mutations,
    }),
    delegations: new DelegationService({
      ...options,
      store: options.delegations,
      journal,
      mutations,
    }),
    deployments: new DeploymentService({
      ...options,
      store: options.deployments,
    }),
    holds: new HoldService({
      ...options,
      store: options.holds,
      journal,
      mutations,
    }),
    promotions: new PromotionService({
      ...options,
      store: options.promotions,
      planner,
      mutations,
    }),
    promotionPlanner: planner,
    promotionRollouts: new PromotionRollouts({
      ...options,
      launcher,
      mutations,
    }),
    pipelines: new PipelineService(options),
    releaseComparer: new ReleaseComparer(options),
    releasePreviewer: new ReleasePreviewer(options),
    releases: new ReleaseService({
      ...options,
      store: options.releases,
      rejections,
      mutations,
    }),
    rollbacks: new RollbackService({
      ...options,
      reader,
      launcher,
      journal,
      rejections,
      mutations,
    }),
    rollouts: new RolloutService({ ...options, reader, launcher, mutations }),
    rolloutReader: reader,
    scaling: new ScaleService({ ...options, reader, mutations }),
    targetGates: new TargetGateReader(options),
    feed: new FeedService(options),
    windowExceptions: new WindowExceptionService({
      ...options,
      store: options.windowExceptions,
      mutations,
    }),
  };
}

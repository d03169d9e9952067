import type { Knex } from 'knex';
import { ApprovalStore } from './ApprovalStore';
import { CommitRangeStore } from './CommitRangeStore';
import { DelegationStore } from './DelegationStore';
import { DeploymentStore } from './DeploymentStore';
import { HoldStore } from './HoldStore';
import { IncidentStore } from './IncidentStore';
import { PromotionStore } from './PromotionStore';
import { ReleaseDependencyStore } from './ReleaseDependencyStore';
import { ReleaseStore } from './ReleaseStore';
import { RolloutStore } from './RolloutStore';
import { WindowExceptionStore } from './WindowExceptionStore';

/** What is read from the plugin's tables. */
export interface Stores {
  approvals: ApprovalStore;
  commitRanges: CommitRangeStore;
  delegations: DelegationStore;
  deployments: DeploymentStore;
  holds: HoldStore;
  incidents: IncidentStore;
  promotions: PromotionStore;
  dependencies: ReleaseDependencyStore;
  releases: ReleaseStore;
  rollouts: RolloutStore;
  windowExceptions: WindowExceptionStore;
}

export function createStores(knex: Knex): Stores {
  return {
    approvals: new ApprovalStore(knex),
    commitRanges: new CommitRangeStore(knex),
    delegations: new DelegationStore(knex),
    deployments: new DeploymentStore(knex),
    holds: new HoldStore(knex),
    incidents: new IncidentStore(knex),
    promotions: new PromotionStore(knex),
    dependencies: new ReleaseDependencyStore(knex),
    releases: new ReleaseStore(knex),
    rollouts: new RolloutStore(knex),
    windowExceptions: new WindowExceptionStore(knex),
  };
}

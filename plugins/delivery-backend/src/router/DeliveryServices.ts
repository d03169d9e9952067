import type { ApprovalService } from '../service/ApprovalService';
import type { BreakGlassService } from '../service/BreakGlassService';
import type { DelegationService } from '../service/DelegationService';
import type { DeploymentService } from '../service/DeploymentService';
import type { FeedService } from '../service/FeedService';
import type { HoldService } from '../service/HoldService';
import type { PipelineService } from '../service/PipelineService';
import type { PromotionService } from '../service/promotions/PromotionService';
import type { ReleaseComparer } from '../service/releases/ReleaseComparer';
import type { ReleasePreviewer } from '../service/releases/ReleasePreviewer';
import type { ReleaseService } from '../service/ReleaseService';
import type { RequestService } from '../service/requests/RequestService';
import type { RollbackService } from '../service/RollbackService';
import type { RolloutReader } from '../service/RolloutReader';
import type { RolloutService } from '../service/RolloutService';
import type { ScaleService } from '../service/ScaleService';
import type { TargetGateReader } from '../service/gates/TargetGateReader';
import type { WindowExceptionService } from '../service/windows/WindowExceptionService';

/** The services behind the API. */
export interface DeliveryServices {
  approvals: ApprovalService;
  breakGlass: BreakGlassService;
  delegations: DelegationService;
  pipelines: PipelineService;
  deployments: DeploymentService;
  holds: HoldService;
  promotions: PromotionService;
  releases: ReleaseService;
  releaseComparer: ReleaseComparer;
  releasePreviewer: ReleasePreviewer;
  requests: RequestService;
  rollbacks: RollbackService;
  rollouts: RolloutService;
  rolloutReader: RolloutReader;
  scaling: ScaleService;
  targetGates: TargetGateReader;
  feed: FeedService;
  windowExceptions: WindowExceptionService;
}

import type { ChangeReader } from '../service/ChangeReader';
import type { ChangeService } from '../service/ChangeService';
import type { FeedService } from '../service/FeedService';
import type { PolicyService } from '../service/PolicyService';
import type { TargetService } from '../service/TargetService';

/** The services behind the API. */
export interface ScalingServices {
  targets: TargetService;
  changes: ChangeService;
  policies: PolicyService;
  changeReader: ChangeReader;
  feed: FeedService;
}

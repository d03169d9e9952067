import type { BottleneckService } from '../service/BottleneckService';
import type { ChangeReader } from '../service/ChangeReader';
import type { ChangeService } from '../service/ChangeService';
import type { FeedService } from '../service/FeedService';
import type { ForecastService } from '../service/ForecastService';
import type { PolicyService } from '../service/PolicyService';
import type { RightSizingService } from '../service/RightSizingService';
import type { SpreadService } from '../service/SpreadService';
import type { TargetService } from '../service/TargetService';
import type { WhatIfService } from '../service/WhatIfService';

/** The services behind the API. */
export interface ScalingServices {
  targets: TargetService;
  changes: ChangeService;
  policies: PolicyService;
  changeReader: ChangeReader;
  feed: FeedService;
  bottlenecks: BottleneckService;
  forecasts: ForecastService;
  rightSizing: RightSizingService;
  spread: SpreadService;
  whatIf: WhatIfService;
}

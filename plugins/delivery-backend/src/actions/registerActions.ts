import { registerAbortRollout } from './abortRollout';
import { registerDescribeComponent } from './describeComponent';
import { registerDescribePromotion } from './describePromotion';
import { registerDescribeRollout } from './describeRollout';
import { registerListDeployments } from './listDeployments';
import { registerListReleases } from './listReleases';
import { registerListRollouts } from './listRollouts';
import { registerPromoteRollout } from './promoteRollout';
import { registerStartPromotion } from './startPromotion';
import { registerStartRollback } from './startRollback';
import { registerStartRollout } from './startRollout';
import type { Toolbox } from './Toolbox';

/** What templates and agents can do with delivery: the same services as REST, with the caller's own rights. */
export function registerActions(toolbox: Toolbox): void {
  registerListDeployments(toolbox);
  registerListReleases(toolbox);
  registerListRollouts(toolbox);
  registerDescribeComponent(toolbox);
  registerDescribeRollout(toolbox);
  registerStartRollout(toolbox);
  registerPromoteRollout(toolbox);
  registerAbortRollout(toolbox);
  registerStartRollback(toolbox);
  registerStartPromotion(toolbox);
  registerDescribePromotion(toolbox);
}

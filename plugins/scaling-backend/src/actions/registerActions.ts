import { registerApplyPolicy } from './applyPolicy';
import { registerDescribeTarget } from './describeTarget';
import { registerListTargets } from './listTargets';
import { registerRightSizeTarget } from './rightSizeTarget';
import { registerScaleTarget } from './scaleTarget';
import type { Toolbox } from './Toolbox';

/** What templates and agents can do with scaling: the same services as REST, with the caller's own rights. */
export function registerActions(toolbox: Toolbox): void {
  registerListTargets(toolbox);
  registerDescribeTarget(toolbox);
  registerRightSizeTarget(toolbox);
  registerScaleTarget(toolbox);
  registerApplyPolicy(toolbox);
}

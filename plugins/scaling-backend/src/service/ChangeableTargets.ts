import { ConflictError } from '@backstage/errors';
import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import type { Caller } from '@slipway/backstage-plugin-slipway-node';
import type {
  CatalogReader,
  ComponentFacts,
  EnvironmentFacts,
} from '../catalog/CatalogReader';
import type { TargetService } from './TargetService';

/** A target with what decides about changes of it. */
export interface ChangeableTarget {
  target: ScalingTarget;
  component: ComponentFacts;
  environment: EnvironmentFacts;
}

/** Finds what is to be changed, as the caller sees it. */
export class ChangeableTargets {
  constructor(
    private readonly options: {
      catalog: CatalogReader;
      targetService: TargetService;
    },
  ) {}

  /** Throws `NotFoundError`, or `ConflictError` where the catalog has no environment of it any more. */
  async find(targetId: string, caller: Caller): Promise<ChangeableTarget> {
    const { catalog, targetService } = this.options;
    const target = await targetService.get(targetId, caller);
    const [[component], environment] = await Promise.all([
      catalog.components([target.componentRef], caller.credentials),
      catalog.environment(target.environmentRef, caller.credentials),
    ]);
    if (!component || !environment)
      throw new ConflictError(
        `${target.environmentName} is not in the catalog any more, or you may not see it`,
      );
    // The catalog's word on the tier, not what it said when the target was last seen.
    return {
      target: { ...target, tier: environment.tier },
      component,
      environment,
    };
  }
}

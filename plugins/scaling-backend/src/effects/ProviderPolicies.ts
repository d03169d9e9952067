import type { AuthService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { ScalingPolicy } from '@slipway/backstage-plugin-scaling-common';
import type {
  ControlledTarget,
  PolicyControl,
  ReplicaControl,
  ReplicaSetting,
} from '@slipway/backstage-plugin-scaling-node';
import type { CatalogReader } from '../catalog/CatalogReader';
import type { ChangeTarget } from '../domain/change/state';
import type { ProviderRegistry } from '../registry/ProviderRegistry';
import type { PolicyMeans } from './PolicyMeans';

interface Context {
  fence: number;
  dryRun?: boolean;
  signal: AbortSignal;
}

/** Policies, through the provider of the environment's runtime. */
export class ProviderPolicies implements PolicyMeans {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogReader;
      registry: ProviderRegistry;
    },
  ) {}

  async read(
    target: ChangeTarget,
    signal: AbortSignal,
  ): Promise<ReplicaSetting | undefined> {
    const { control, controlled } = await this.#reach(target);
    return control.read(controlled, { signal });
  }

  async apply(
    target: ChangeTarget,
    document: ScalingPolicy,
    { max, min }: { min: number; max: number },
    context: Context,
  ): Promise<void> {
    const { controlled, policies } = await this.#reach(target);
    await policies.apply(
      controlled,
      { document, tier: target.tier, limits: { min, max } },
      context,
    );
  }

  async remove(
    target: ChangeTarget,
    before: ReplicaSetting | undefined,
    context: Context,
  ): Promise<'removed' | 'left' | 'gone'> {
    const { controlled, policies } = await this.#reach(target);
    return policies.remove(controlled, before, context);
  }

  async #reach(target: ChangeTarget): Promise<{
    controlled: ControlledTarget;
    control: ReplicaControl;
    policies: PolicyControl;
  }> {
    const { auth, catalog, registry } = this.options;
    const environment = await catalog.environment(
      target.environmentRef,
      await auth.getOwnServiceCredentials(),
    );
    if (!environment)
      throw new ConflictError(
        `${target.environmentRef} is not in the catalog any more`,
      );
    const provider = registry.forRuntime(environment.runtime);
    if (!provider?.control || !provider.policies)
      throw new ConflictError(
        `Nothing that is installed can have an autoscaler on '${environment.runtime}'`,
      );
    return {
      control: provider.control,
      policies: provider.policies,
      controlled: {
        environment,
        componentRef: target.componentRef,
        workload: target.workload,
      },
    };
  }
}

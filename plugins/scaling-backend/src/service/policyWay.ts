import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import type {
  LoadSource,
  ScalingProvider,
} from '@slipway/backstage-plugin-scaling-node';
import type { EnvironmentFacts } from '../catalog/CatalogReader';
import type { ProviderRegistry } from '../registry/ProviderRegistry';

/** How a target can have a policy. */
export type PolicyWay =
  /** The provider has an autoscaler work by it. */
  | { via: 'provider' }
  /** Slipway follows it, and delivery changes the number. */
  | { via: 'delivery'; load: LoadSource }
  /** Why it cannot. */
  | { refusal: string };

/** How a target can have a policy in an environment. */
export function policyWay(
  registry: ProviderRegistry,
  { delivered }: Pick<ScalingTarget, 'delivered'>,
  { runtime }: Pick<EnvironmentFacts, 'runtime'>,
): PolicyWay {
  const provider: ScalingProvider | undefined = registry.forRuntime(runtime);
  if (provider?.policies) return { via: 'provider' };
  if (!provider?.load)
    return {
      refusal: `Nothing that is installed can have an autoscaler on '${runtime}', or measures load there.`,
    };
  return delivered
    ? { via: 'delivery', load: provider.load }
    : {
        refusal:
          'Only what delivery rolls out can be scaled there by a policy.',
      };
}

import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ScalingProvider } from './scalingProvider';
import type { UsageSource } from './usageSource';

/** Adds what knows of replicas and autoscalers. @public */
export interface ScalingProvidersExtensionPoint {
  /** Throws when the name, or one of the runtimes, is taken. */
  addProvider(provider: ScalingProvider): void;
}

/** @public */
export const scalingProvidersExtensionPoint =
  createExtensionPoint<ScalingProvidersExtensionPoint>({
    id: 'scaling.providers',
  });

/** Adds where it was recorded what replicas used. @public */
export interface UsageSourcesExtensionPoint {
  /** Throws when the name is taken. They are asked in the order in which they were added. */
  addSource(source: UsageSource): void;
}

/** @public */
export const usageSourcesExtensionPoint =
  createExtensionPoint<UsageSourcesExtensionPoint>({
    id: 'scaling.usageSources',
  });

import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ScalingProvider } from './scalingProvider';

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

import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { DeliveryAnalysisProvider } from './analysisProvider';
import type { DeliveryArtifactKind } from './artifactKind';
import type { DeliveryCommitSource } from './commitSource';
import type { DeliveryConfigurationProvider } from './configurationProvider';
import type { DeliveryIncidentSource } from './incidentSource';
import type { DeliveryRuntime } from './runtime';
import type { DeliveryStepKind } from './stepKind';

/** Adds what runs software and the artifacts it runs. @public */
export interface DeliveryRuntimesExtensionPoint {
  /** Throws when the name is taken. */
  addRuntime(runtime: DeliveryRuntime): void;
  /** Throws when the kind is taken. */
  addArtifactKind(artifactKind: DeliveryArtifactKind): void;
}

/** @public */
export const deliveryRuntimesExtensionPoint =
  createExtensionPoint<DeliveryRuntimesExtensionPoint>({
    id: 'delivery.runtimes',
  });

/** Adds sources of measurements and kinds of steps. @public */
export interface DeliveryAnalysisExtensionPoint {
  /** Throws when the name is taken. */
  addProvider(provider: DeliveryAnalysisProvider): void;
  /** Throws when the name is taken. */
  addStepKind(stepKind: DeliveryStepKind): void;
}

/** @public */
export const deliveryAnalysisExtensionPoint =
  createExtensionPoint<DeliveryAnalysisExtensionPoint>({
    id: 'delivery.analysis',
  });

/** Sets where the configuration of new releases comes from. @public */
export interface DeliveryConfigurationExtensionPoint {
  /** Throws when there is one already. */
  setProvider(provider: DeliveryConfigurationProvider): void;
}

/** @public */
export const deliveryConfigurationExtensionPoint =
  createExtensionPoint<DeliveryConfigurationExtensionPoint>({
    id: 'delivery.configuration',
  });

/** Adds where incidents and alerts are known. @public */
export interface DeliveryIncidentsExtensionPoint {
  /** Throws when the name is taken. */
  addSource(source: DeliveryIncidentSource): void;
}

/** @public */
export const deliveryIncidentsExtensionPoint =
  createExtensionPoint<DeliveryIncidentsExtensionPoint>({
    id: 'delivery.incidents',
  });

/** Adds what reads the history of sources. @public */
export interface DeliveryCommitsExtensionPoint {
  /** Throws when the name is taken. */
  addSource(source: DeliveryCommitSource): void;
}

/** @public */
export const deliveryCommitsExtensionPoint =
  createExtensionPoint<DeliveryCommitsExtensionPoint>({
    id: 'delivery.commits',
  });

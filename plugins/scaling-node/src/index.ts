/**
 * What modules of Slipway scaling implement: providers, and sources of what replicas used.
 *
 * @packageDocumentation
 */
export * from './scalingProvider';
export * from './extensionPoints';
export * from './loadSource';
export * from './policyControl';
export * from './replicaControl';
export * from './usageSource';

/**
 * What modules of Slipway scaling implement: providers.
 *
 * @packageDocumentation
 */
export * from './scalingProvider';
export * from './extensionPoints';
export * from './loadSource';
export * from './policyControl';
export * from './replicaControl';

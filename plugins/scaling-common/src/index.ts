/**
 * Types, permissions and the client of Slipway scaling. Runs in browsers and backends.
 *
 * @packageDocumentation
 */
export * from './types';
export * from './permissions';
export * from './signals';
export {
  ScalingClient,
  type ListScalingChangesQuery,
  type ListScalingTargetsQuery,
  type ScalingMutationOptions,
  type ScalingRequestOptions,
} from './client/ScalingClient';

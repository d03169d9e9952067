/**
 * Types, permissions and the client of Slipway scaling. Runs in browsers and backends.
 *
 * @packageDocumentation
 */
export * from './types';
export * from './permissions';
export {
  ScalingClient,
  type ListScalingTargetsQuery,
  type ScalingRequestOptions,
} from './client/ScalingClient';

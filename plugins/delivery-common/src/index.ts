/**
 * Types, permissions and the client of Slipway delivery. Runs in browsers and backends.
 *
 * @packageDocumentation
 */
export * from './types';
export * from './permissions';
export * from './signals';
export {
  DeliveryClient,
  type DeliveryMutationOptions,
  type DeliveryRequestOptions,
  type ListApprovalsQuery,
  type ListDeploymentsQuery,
  type CompareReleaseQuery,
  type PreviewReleaseQuery,
  type ListPromotionsQuery,
  type ListReleasesQuery,
  type ListRolloutsQuery,
} from './client/DeliveryClient';

/**
 * What the clients of Slipway's APIs share.
 *
 * @packageDocumentation
 */
export {
  ApiClient,
  type ApiClientOptions,
  type ApiMutationOptions,
  type ApiRequestOptions,
  type EventBatch,
} from './client/ApiClient';

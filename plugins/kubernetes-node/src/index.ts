/**
 * What Slipway's Kubernetes modules share.
 *
 * @packageDocumentation
 */
export { ClusterClient } from './ClusterClient';
export { ClusterDirectory } from './ClusterDirectory';
export { ClusterResponseError } from './ClusterResponseError';
export { inWords, LostRaceError, type Place, quotaPart } from './inWords';

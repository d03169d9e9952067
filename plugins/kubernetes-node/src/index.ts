/**
 * What Slipway's Kubernetes modules share.
 *
 * @packageDocumentation
 */
export { ClusterClient } from './ClusterClient';
export { ClusterDirectory } from './ClusterDirectory';
export { ClusterResponseError } from './ClusterResponseError';
export type { WatchedKind, WatchedObject } from './watch/WatchedKind';
export { WatchedObjects, type WatchedView } from './watch/WatchedObjects';
export { inWords, LostRaceError, type Place, quotaPart } from './inWords';

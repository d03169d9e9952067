/**
 * What Slipway's Kubernetes modules share.
 *
 * @packageDocumentation
 */
export { checkVariables } from './checkVariables';
export { ClusterClient } from './ClusterClient';
export { ClusterDirectory } from './ClusterDirectory';
export { ClusterResponseError } from './ClusterResponseError';
export {
  leanContainers,
  leanMetadata,
  leanPod,
  leanService,
  type Watched,
} from './watch/lean';
export { AskedTargets } from './watch/AskedTargets';
export { OwnWrites } from './watch/OwnWrites';
export type { WatchedKind, WatchedObject } from './watch/WatchedKind';
export { WatchedObjects, type WatchedView } from './watch/WatchedObjects';
export { watchedServices } from './watch/watchedServices';
export { containerName, containerOfRelease } from './containerOfRelease';
export { conflictInWords } from './preview/conflictInWords';
export { type ObjectKind, previewedObject } from './preview/previewedObject';
export { readableObject } from './preview/readableObject';
export { HookCommand } from './hookCommand/HookCommand';
export type { Hook } from './hookCommand/hookJob';
export { withCommands } from './hookCommand/withCommands';
export {
  annotations,
  identityOf,
  labels,
  objectAnnotations,
  objectLabels,
  ownDeploymentName,
  releaseKey,
  type TargetIdentity,
} from './identity';
export { containerOf, imageArtifact, imageKind } from './imageArtifact';
export {
  fieldConflicts,
  inWords,
  LostRaceError,
  type Place,
  quotaPart,
} from './inWords';
export { readPodLogs } from './podLogs';
export { podProblem, type PodProblem } from './podProblem';
export {
  isReady,
  isTerminating,
  nameOf,
  podRelease,
  podReleaseId,
} from './pods';
export {
  autoscalersOf,
  readAutoscalers,
  type ScaledObject,
} from './readAutoscalers';

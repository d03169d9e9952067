import type {
  KubernetesObject,
  V1Deployment,
  V1Pod,
  V1StatefulSet,
} from '@kubernetes/client-node';
import type {
  Observation,
  VersionStatus,
} from '@slipway/backstage-plugin-delivery-common';
import {
  annotations,
  isReady,
  podProblem,
  type PodProblem,
  podRelease,
  podReleaseId,
  releaseKey,
} from '@slipway/backstage-plugin-kubernetes-node';
import { deploymentProblem } from '../observe/deploymentProblem';
import { healthOf, instanceOf, together, worst } from '../observe/observation';
import { isComplete } from '../plan/Snapshot';
import type { ManifestRecord } from './ManifestRecords';
import type { ObjectKey } from './ManifestObject';

export interface Workload {
  key: ObjectKey;
  /** Absent when somebody has deleted it. */
  live?: KubernetesObject;
}

interface Facts {
  record: ManifestRecord;
  /** Of the release that is desired. */
  workloads: Workload[];
  pods: V1Pod[];
  progressDeadlineSeconds: number;
  now: number;
}

/** Whether a workload runs what was applied and nothing else, by its own status. */
export function isWorkloadReady({ key, live }: Workload): boolean {
  if (!live) return false;
  return key.kind === 'Deployment'
    ? isComplete(live as V1Deployment)
    : isStatefulSetReady(live as V1StatefulSet);
}

function isStatefulSetReady({ metadata, spec, status }: V1StatefulSet) {
  const wanted = spec?.replicas ?? 1;
  const replacesItself = spec?.updateStrategy?.type !== 'OnDelete';
  return (
    (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0) &&
    (status?.replicas ?? 0) === wanted &&
    (status?.readyReplicas ?? 0) === wanted &&
    (!replacesItself || status?.currentRevision === status?.updateRevision)
  );
}

/** What can be seen of a target that runs manifests. */
export function manifestsObservation(facts: Facts): Observation {
  const { now, pods, record, workloads } = facts;
  const versions = [
    ...(record.release ? [currentStatus(facts, record.release.releaseId)] : []),
    ...earlierStatuses(facts),
  ];
  const unready = workloads.filter(workload => !isWorkloadReady(workload));
  return {
    observedAt: new Date(now).toISOString(),
    converged:
      record.applied &&
      unready.length === 0 &&
      record.left.length === 0 &&
      // Its objects may be gone a while before anybody tells their pods to end.
      (record.release !== undefined || !pods.some(isStaying)),
    message: messageOf(facts, unready, versions),
    versions,
  };
}

/** Runs, and nobody has told it to end. */
function isStaying({ metadata, status }: V1Pod): boolean {
  const isThrough = ['Succeeded', 'Failed'].includes(status?.phase ?? '');
  return !metadata?.deletionTimestamp && !isThrough;
}

function messageOf(
  { record, workloads }: Facts,
  unready: Workload[],
  versions: VersionStatus[],
): string {
  const problems = versions.flatMap(({ message }) => message ?? []);
  const ready = workloads.length - unready.length;
  const state = workloads.length
    ? `${ready} of ${workloads.length} workloads are ready`
    : 'There are no workloads in it';
  return [
    record.applied ? state : 'Not all objects have been applied yet',
    ...problems,
  ].join('; ');
}

function currentStatus(facts: Facts, releaseId: string): VersionStatus {
  const { now, pods, workloads } = facts;
  const own = pods.filter(pod => podRelease(pod) === releaseKey(releaseId));
  const wanted = workloads.reduce(
    (sum, { live }) => sum + ((live as V1Deployment)?.spec?.replicas ?? 1),
    0,
  );
  const ready = own.filter(isReady).length;
  const problem = together(
    worst(own.map(pod => podProblem(pod, now))),
    worst(workloads.map(workload => workloadProblem(workload, facts))),
  );
  return {
    releaseId,
    desiredReplicas: wanted,
    replicas: own.length,
    readyReplicas: ready,
    weight: 100,
    health:
      workloads.length === 0 && !problem
        ? 'healthy'
        : healthOf(wanted, ready, own, problem),
    ...(problem && { message: problem.message }),
    instances: own.map(pod => instanceOf(pod, now)),
  };
}

function workloadProblem(
  workload: Workload,
  { now, progressDeadlineSeconds, record }: Facts,
): PodProblem | undefined {
  const { key, live } = workload;
  if (!live)
    return record.applied
      ? { message: `${key.kind} ${key.name} is not there`, lasting: false }
      : undefined;
  if (isWorkloadReady(workload)) return undefined;
  if (key.kind === 'Deployment') {
    const deployment = live as V1Deployment;
    const isSeen =
      (deployment.status?.observedGeneration ?? 0) >=
      (deployment.metadata?.generation ?? 0);
    return isSeen ? deploymentProblem(deployment) : undefined;
  }
  // A StatefulSet knows no deadline of its own.
  return now - Date.parse(record.since) > progressDeadlineSeconds * 1000
    ? {
        message: `${key.kind} ${key.name} is not ready after ${progressDeadlineSeconds} seconds`,
        lasting: true,
      }
    : undefined;
}

/** Of releases that are not desired any more, for as long as there are pods of them. */
function earlierStatuses({ now, pods, record }: Facts): VersionStatus[] {
  const ids = new Set(pods.flatMap(pod => podReleaseId(pod) ?? []));
  ids.delete(record.release?.releaseId ?? '');
  return [...ids].map(releaseId => {
    const own = pods.filter(
      pod => pod.metadata?.annotations?.[annotations.releaseId] === releaseId,
    );
    const ready = own.filter(isReady).length;
    return {
      releaseId,
      desiredReplicas: 0,
      replicas: own.length,
      readyReplicas: ready,
      weight: 0,
      health: healthOf(0, ready, own, undefined),
      instances: own.map(pod => instanceOf(pod, now)),
    };
  });
}

/** The workloads among some objects. */
export function isWorkload({ kind }: ObjectKey): boolean {
  return kind === 'Deployment' || kind === 'StatefulSet';
}

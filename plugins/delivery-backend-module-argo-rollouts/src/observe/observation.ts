import type { V1Pod } from '@kubernetes/client-node';
import type {
  HealthStatus,
  Observation,
  VersionStatus,
} from '@slipway/backstage-plugin-delivery-common';
import {
  annotations,
  isReady,
  isTerminating,
  podProblem,
  type PodProblem,
  podRelease,
  podReleaseId,
  releaseKey,
} from '@slipway/backstage-plugin-kubernetes-node';
import {
  type DesiredRecord,
  readRecord,
  type RecordedVersion,
} from '../objects/desiredRecord';
import {
  isObserved,
  isUpdating,
  type Rollout,
  typeOf,
} from '../objects/rollout';
import {
  podHash,
  releaseOfHash,
  releaseOfSet,
  type Snapshot,
} from '../plan/Snapshot';
import { isConverged } from './isConverged';
import { rolloutProblem } from './rolloutProblem';

/** What can be seen of a target. `undefined` when nothing is desired of it here. */
export function observationOf(
  snapshot: Snapshot,
  {
    namespace,
    now,
    record = readRecord(snapshot.rollout, snapshot.service),
  }: { namespace: string; now: number; record?: DesiredRecord },
): Observation | undefined {
  const { rollout } = snapshot;
  if (!record || (!rollout && record.versions.length > 0)) return undefined;
  const problem = rollout && rolloutProblem(rollout, now);
  const weights = weightsOf(snapshot);
  const statuses = allVersions(snapshot, record).map(version =>
    statusOf(snapshot, version, {
      now,
      weight: weights.get(releaseKey(version.releaseId)) ?? 0,
      ...(version.releaseId === record.main && problem && { problem }),
    }),
  );
  const address = record.versions.length ? addressOf(snapshot) : undefined;
  return {
    observedAt: new Date(now).toISOString(),
    converged: isConverged(snapshot, record),
    message: messageOf(snapshot, record, statuses),
    ...(address && {
      address: `http://${address}.${namespace}.svc.cluster.local`,
    }),
    versions: statuses,
  };
}

/** Those that are desired, and those that are still there. */
function allVersions(
  { pods }: Snapshot,
  record: DesiredRecord,
): RecordedVersion[] {
  const versions = [...record.versions];
  for (const pod of pods) {
    const releaseId = podReleaseId(pod);
    if (!releaseId || versions.some(known => known.releaseId === releaseId))
      continue;
    versions.push({
      releaseId,
      version: pod.metadata?.annotations?.[annotations.version] ?? releaseId,
      replicas: 0,
      weight: 0,
    });
  }
  return versions;
}

function statusOf(
  snapshot: Snapshot,
  { releaseId, replicas }: RecordedVersion,
  options: { now: number; weight: number; problem?: PodProblem },
): VersionStatus {
  const { now, problem: ofRollout, weight } = options;
  const key = releaseKey(releaseId);
  const pods = snapshot.pods.filter(pod => podRelease(pod) === key);
  const wanted = wantedCopies(snapshot, key) ?? replicas;
  const ready = pods.filter(isReady).length;
  const problem = together(
    worst(pods.map(pod => podProblem(pod, now))),
    ofRollout,
  );
  return {
    releaseId,
    desiredReplicas: wanted,
    replicas: pods.length,
    readyReplicas: ready,
    weight,
    health: healthOf(wanted, ready, pods, problem),
    ...(problem && { message: problem.message }),
    instances: pods.map(pod => instanceOf(pod, now)),
  };
}

/** As many as Argo has decided on; `undefined` where it has not yet. */
function wantedCopies(
  { replicaSets }: Snapshot,
  key: string,
): number | undefined {
  const sets = replicaSets.filter(set => releaseOfSet(set) === key);
  return sets.length
    ? sets.reduce((sum, { spec }) => sum + (spec?.replicas ?? 0), 0)
    : undefined;
}

function instanceOf(pod: V1Pod, now: number) {
  const message = isTerminating(pod)
    ? 'stopping'
    : podProblem(pod, now)?.message;
  const startedAt = pod.status?.startTime;
  return {
    id: pod.metadata?.name ?? '',
    ready: isReady(pod),
    restarts: (pod.status?.containerStatuses ?? []).reduce(
      (sum, { restartCount }) => sum + restartCount,
      0,
    ),
    ...(startedAt && { startedAt: new Date(startedAt).toISOString() }),
    ...(message && { message }),
  };
}

function healthOf(
  wanted: number,
  ready: number,
  pods: V1Pod[],
  problem: PodProblem | undefined,
): HealthStatus {
  if (problem?.lasting) return 'degraded';
  if (wanted === 0 && pods.every(isTerminating)) return 'stopped';
  return ready >= Math.max(1, wanted) ? 'healthy' : 'progressing';
}

function worst(problems: Array<PodProblem | undefined>) {
  const there = problems.filter(problem => problem !== undefined);
  return there.find(({ lasting }) => lasting) ?? there[0];
}

// What a copy says is nearer to the cause than what its Rollout says.
function together(
  copy: PodProblem | undefined,
  rollout: PodProblem | undefined,
): PodProblem | undefined {
  return copy && rollout
    ? {
        message: `${copy.message}; ${rollout.message}`,
        lasting: copy.lasting || rollout.lasting,
      }
    : (copy ?? rollout);
}

/** Percent of traffic by release key. Where all ready copies get requests, a release's share is that of its ready copies. */
function weightsOf(snapshot: Snapshot): Map<string, number> {
  const { pods, rollout } = snapshot;
  const weights = new Map<string, number>();
  const give = (hash: string | undefined, weight: number) => {
    const key = releaseOfHash(snapshot, hash);
    if (key && weight) weights.set(key, (weights.get(key) ?? 0) + weight);
  };
  const { blueGreen, canary, stableRS } = rollout?.status ?? {};
  if (rollout && typeOf(rollout) === 'blueGreen') {
    give(blueGreen?.activeSelector, 100);
    return weights;
  }
  if (rollout?.spec?.strategy?.canary?.trafficRouting) {
    if (canary?.weights) {
      give(
        canary.weights.canary?.podTemplateHash,
        canary.weights.canary?.weight ?? 0,
      );
      give(
        canary.weights.stable?.podTemplateHash,
        canary.weights.stable?.weight ?? 0,
      );
    } else give(stableRS, 100);
    return weights;
  }
  const ready = pods.filter(isReady);
  const hashes = [...new Set(ready.map(podHash))];
  let left = 100;
  hashes.forEach((hash, index) => {
    const share = Math.round(
      (ready.filter(pod => podHash(pod) === hash).length / ready.length) * 100,
    );
    const weight = index === hashes.length - 1 ? left : share;
    left -= weight;
    give(hash, weight);
  });
  return weights;
}

function addressOf({ isFollowed, rollout, service }: Snapshot) {
  if (!isFollowed) return service?.metadata?.name;
  const { blueGreen, canary } = rollout?.spec?.strategy ?? {};
  return blueGreen?.activeService ?? canary?.stableService;
}

function messageOf(
  { isFollowed, rollout }: Snapshot,
  record: DesiredRecord,
  statuses: VersionStatus[],
): string {
  const sum = (count: (status: VersionStatus) => number) =>
    statuses.reduce((total, status) => total + count(status), 0);
  const parts = [
    `${sum(status => status.readyReplicas)} of ${sum(status => status.desiredReplicas)} copies are ready`,
  ];
  if (record.scaledBy) parts.push(`their number is up to ${record.scaledBy}`);
  else if (isFollowed && rollout)
    parts.push(
      `their number is up to whoever declares Rollout ${rollout.metadata?.name}`,
    );
  if (rollout) parts.push(...stepWords(rollout));
  statuses.forEach(({ message, releaseId }) => {
    if (!message) return;
    const version = record.versions.find(
      known => known.releaseId === releaseId,
    )?.version;
    parts.push(`${version ? `${version}: ` : ''}${message}`);
  });
  return parts.join('; ');
}

function stepWords(rollout: Rollout): string[] {
  const { metadata, spec, status } = rollout;
  const steps = spec?.strategy?.canary?.steps ?? [];
  if (!isObserved(rollout))
    return [`Rollout ${metadata?.name} has just been changed`];
  if (!isUpdating(rollout) || steps.length === 0) return [];
  const at = status?.currentStepIndex ?? 0;
  const weight = steps
    .slice(0, at + 1)
    .findLast(({ setWeight }) => setWeight !== undefined)?.setWeight;
  const routed = spec?.strategy?.canary?.trafficRouting !== undefined;
  return [
    `Rollout ${metadata?.name} is at step ${Math.min(at + 1, steps.length)} of ${steps.length}${weight === undefined ? '' : `, ${weight} %`}${routed ? '' : ' by the number of copies'}`,
  ];
}

import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import type {
  HealthStatus,
  Observation,
  VersionStatus,
} from '@slipway/backstage-plugin-delivery-common';
import {
  annotations,
  isReady,
  isTerminating,
  labels,
  nameOf,
  podProblem,
  type PodProblem,
  podRelease,
  podReleaseId,
  releaseKey,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import {
  type DesiredRecord,
  type RecordedVersion,
  readRecord,
} from '../objects/desiredRecord';
import {
  hasPreviewWeight,
  type HttpRoute,
  previewWeight,
} from '../objects/httpRoute';
import { type Route, routeOf } from '../objects/serviceObject';
import {
  deploymentNamed,
  isComplete,
  type Snapshot,
  templateRelease,
} from '../plan/Snapshot';
import { isPart, served } from '../plan/planChange';
import { deploymentProblem } from './deploymentProblem';
import { isAccepted, isBehind, routeProblem } from './routeStatus';

/** What can be seen of a target. `undefined` when nothing is desired of it here. */
export function observationOf(
  snapshot: Snapshot,
  options: { identity: TargetIdentity; namespace: string; now: number },
): Observation | undefined {
  const { service } = snapshot;
  const record = readRecord(service);
  if (!service || !record) return undefined;
  const versions = allVersions(snapshot, record);
  const weights = weightsOf(
    snapshot,
    options.identity,
    routeOf(service),
    versions,
  );
  const statuses = versions.map(version =>
    statusOf(snapshot, version, weights.get(version.releaseId) ?? 0, options),
  );
  return {
    observedAt: new Date(options.now).toISOString(),
    converged: isConverged(snapshot, options.identity, record),
    message: messageOf(snapshot, options.identity, statuses, record),
    ...(record.versions.length > 0 && {
      address: `http://${nameOf(service)}.${options.namespace}.svc.cluster.local`,
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
      deployment: '',
    });
  }
  return versions;
}

function statusOf(
  snapshot: Snapshot,
  version: RecordedVersion,
  weight: number,
  { now }: { now: number },
): VersionStatus {
  const key = releaseKey(version.releaseId);
  const pods = snapshot.pods.filter(pod => podRelease(pod) === key);
  const deployment = deploymentNamed(snapshot, version.deployment);
  const wanted = wantedReplicas(version, deployment);
  const ready = pods.filter(isReady).length;
  const problem = together(
    worst(pods.map(pod => podProblem(pod, now))),
    deployment &&
      templateRelease(deployment) === key &&
      isObserved(deployment) &&
      ready < wanted
      ? deploymentProblem(deployment)
      : undefined,
  );
  return {
    releaseId: version.releaseId,
    desiredReplicas: wanted,
    replicas: pods.length,
    readyReplicas: ready,
    weight,
    health: healthOf(wanted, ready, pods, problem),
    ...(problem && { message: problem.message }),
    instances: pods.map(pod => instanceOf(pod, now)),
  };
}

export function instanceOf(pod: V1Pod, now: number) {
  const message = isTerminating(pod)
    ? 'stopping'
    : podProblem(pod, now)?.message;
  const startedAt = pod.status?.startTime;
  return {
    id: nameOf(pod),
    ready: isReady(pod),
    restarts: (pod.status?.containerStatuses ?? []).reduce(
      (sum, { restartCount }) => sum + restartCount,
      0,
    ),
    ...(startedAt && { startedAt: new Date(startedAt).toISOString() }),
    ...(message && { message }),
  };
}

export function healthOf(
  wanted: number,
  ready: number,
  pods: V1Pod[],
  problem: PodProblem | undefined,
): HealthStatus {
  if (problem?.lasting) return 'degraded';
  if (wanted === 0 && pods.every(isTerminating)) return 'stopped';
  return ready >= Math.max(1, wanted) ? 'healthy' : 'progressing';
}

export function worst(problems: Array<PodProblem | undefined>) {
  const there = problems.filter(problem => problem !== undefined);
  return there.find(({ lasting }) => lasting) ?? there[0];
}

// What a copy says is nearer to the cause than what its Deployment says.
export function together(
  copy: PodProblem | undefined,
  deployment: PodProblem | undefined,
): PodProblem | undefined {
  return copy && deployment
    ? {
        message: `${copy.message}; ${deployment.message}`,
        lasting: copy.lasting || deployment.lasting,
      }
    : (copy ?? deployment);
}

function wantedReplicas(
  version: RecordedVersion,
  deployment: V1Deployment | undefined,
): number {
  return version.scaledBy
    ? (deployment?.spec?.replicas ?? 1)
    : version.replicas;
}

function isObserved({ metadata, status }: V1Deployment): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
}

// Where all ready copies get requests, a release's share is that of its ready copies.
function weightsOf(
  { httpRoute, pods, preview }: Snapshot,
  identity: TargetIdentity,
  route: Route,
  versions: RecordedVersion[],
): Map<string, number> {
  const weights = new Map<string, number>();
  if (route === 'none') return weights;
  if (route !== 'all') {
    const beside = httpRoute ? previewWeight(httpRoute, identity) : 0;
    const shown = preview && routeOf(preview);
    for (const { releaseId } of versions) {
      const isShown =
        typeof shown === 'object' && shown.release === releaseKey(releaseId);
      const weight =
        (route.release === releaseKey(releaseId) ? 100 - beside : 0) +
        (isShown ? beside : 0);
      if (weight) weights.set(releaseId, weight);
    }
    return weights;
  }
  const ready = pods.filter(isReady);
  let left = 100;
  const shares = versions.map(({ releaseId }) => ({
    releaseId,
    ready: ready.filter(pod => podReleaseId(pod) === releaseId).length,
  }));
  const serving = shares.filter(share => share.ready > 0);
  serving.forEach((share, index) => {
    const weight =
      index === serving.length - 1
        ? left
        : Math.round((share.ready / ready.length) * 100);
    left -= weight;
    weights.set(share.releaseId, weight);
  });
  return weights;
}

function isConverged(
  snapshot: Snapshot,
  identity: TargetIdentity,
  record: DesiredRecord,
): boolean {
  const { deployments, pods, preview, service } = snapshot;
  if (!isShared(snapshot, identity, record)) return false;
  const names = new Set(record.versions.map(({ deployment }) => deployment));
  if (deployments.some(deployment => !names.has(nameOf(deployment))))
    return false;
  const keys = new Set(
    record.versions.map(({ releaseId }) => releaseKey(releaseId)),
  );
  const left = pods.some(
    pod =>
      !isTerminating(pod) &&
      !(
        keys.has(podRelease(pod) ?? '') &&
        names.has(pod.metadata?.labels?.[labels.deployment] ?? '')
      ),
  );
  if (left) return false;
  if ((preview !== undefined) !== record.versions.length > 1) return false;
  const route = service ? routeOf(service) : 'none';
  const live = served(record.versions);
  return record.versions.every(version => {
    const deployment = deploymentNamed(snapshot, version.deployment);
    if (!deployment) return version.replicas === 0 && version.weight === 0;
    const routed =
      version !== live ||
      (route === 'all' && record.versions.length === 1) ||
      (typeof route === 'object' &&
        route.release === releaseKey(version.releaseId));
    return (
      routed &&
      templateRelease(deployment) === releaseKey(version.releaseId) &&
      isComplete(deployment) &&
      (version.scaledBy !== undefined ||
        deployment.spec?.replicas === version.replicas)
    );
  });
}

// What nobody follows is not there, however it is written.
function isShared(
  { httpRoute }: Snapshot,
  identity: TargetIdentity,
  { versions }: DesiredRecord,
): boolean {
  const canary = versions.find(({ weight }) => isPart(weight));
  if (!httpRoute) return canary === undefined;
  return (
    hasPreviewWeight(httpRoute, identity, canary?.weight ?? 0) &&
    !isBehind(httpRoute) &&
    (canary === undefined || isAccepted(httpRoute) !== false)
  );
}

function messageOf(
  { httpRoute }: Snapshot,
  identity: TargetIdentity,
  statuses: VersionStatus[],
  record: DesiredRecord,
): string {
  const ready = statuses.reduce((sum, status) => sum + status.readyReplicas, 0);
  const wanted = statuses.reduce(
    (sum, status) => sum + status.desiredReplicas,
    0,
  );
  const parts = [`${ready} of ${wanted} copies are ready`];
  const scaled = record.versions.find(({ scaledBy }) => scaledBy);
  if (scaled) parts.push(`their number is up to ${scaled.scaledBy}`);
  if (httpRoute) parts.push(...routeWords(httpRoute, identity));
  statuses.forEach(({ message, releaseId }) => {
    if (!message) return;
    const version = record.versions.find(
      known => known.releaseId === releaseId,
    )?.version;
    parts.push(`${version ? `${version}: ` : ''}${message}`);
  });
  return parts.join('; ');
}

function routeWords(route: HttpRoute, identity: TargetIdentity): string[] {
  const weight = previewWeight(route, identity);
  const problem = routeProblem(route);
  const parts = [];
  if (weight)
    parts.push(
      `HTTPRoute ${nameOf(route)} sends ${weight} % to the new release`,
    );
  if (problem) parts.push(problem);
  else if (isBehind(route))
    parts.push(
      `the gateway has not taken the last change of HTTPRoute ${nameOf(route)} up yet`,
    );
  return parts;
}

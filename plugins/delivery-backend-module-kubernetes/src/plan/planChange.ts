import type { V1Deployment } from '@kubernetes/client-node';
import type {
  DesiredState,
  DesiredVersion,
} from '@slipway/backstage-plugin-delivery-node';
import {
  containerOf,
  isReady,
  labels,
  nameOf,
  ownDeploymentName,
  podRelease,
  releaseKey,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import type { RollingParameters } from '../objects/deploymentObject';
import {
  type DesiredRecord,
  type RecordedVersion,
  readRecord,
} from '../objects/desiredRecord';
import { type Route, routeOf, sameRoute } from '../objects/serviceObject';
import { isBehind } from '../observe/routeStatus';
import { previewWeight } from '../objects/httpRoute';
import {
  deploymentNamed,
  isComplete,
  type Snapshot,
  templateRelease,
} from './Snapshot';

/** What to do with one version's Deployment. */
export interface PlannedDeployment {
  name: string;
  version: DesiredVersion;
  /** Whether its template has to be written. */
  write: boolean;
  rolling: RollingParameters;
  /** How many copies; `undefined` leaves that to what scales it. */
  replicas: number | undefined;
}

/** The next step from what is there to what is desired. */
export interface Change {
  record: DesiredRecord;
  route: Route;
  /** The release that the preview Service shows; without one there is no preview Service. */
  preview: string | undefined;
  /** Percent for the preview Service, as the HTTPRoute shall have it. */
  previewWeight: number;
  deployments: PlannedDeployment[];
  remove: V1Deployment[];
}

// Where nobody asked for a pace: no copy less than wanted, and a quarter more at a time.
const steady: RollingParameters = { maxSurge: '25%', maxUnavailable: 0 };

/**
 * Works out the next step. Pure; called again with a new look at the cluster until nothing is left to do.
 *
 * The Deployment that has the target's own name is where the first release runs, where rolling updates happen and what
 * an autoscaler is pointed at. Releases that run beside it have Deployments of their own, one each.
 */
export function planChange(options: {
  identity: TargetIdentity;
  snapshot: Snapshot;
  desired: DesiredState;
  /** What scales the Deployment of that name, such as `HorizontalPodAutoscaler web`. */
  autoscaler: (deployment: string) => string | undefined;
  drainMs: number;
  now: number;
}): Change {
  const { autoscaler, desired, identity, snapshot } = options;
  const before = readRecord(snapshot.service);
  const places = place(options, before);
  const home = deploymentNamed(snapshot, identity.name);
  const scaledHome = autoscaler(identity.name) ? home : undefined;
  const scaledCopies =
    scaledHome && desired.versions.length > 1
      ? Math.max(before?.scaledCopies ?? 0, scaledHome.spec?.replicas ?? 0)
      : undefined;

  const versions = desired.versions.map((version): RecordedVersion => {
    const deployment = places.get(version) ?? identity.name;
    const scaledBy = autoscaler(deployment);
    return {
      releaseId: version.release.releaseId,
      version: version.release.version,
      replicas:
        deployment === identity.name
          ? version.replicas
          : replicasBeside(
              version,
              scaledHome &&
                Math.max(scaledCopies ?? 0, scaledHome.spec?.replicas ?? 0),
              deploymentNamed(snapshot, deployment),
            ),
      weight: version.weight,
      deployment,
      ...(scaledBy && { scaledBy }),
    };
  });

  const current = snapshot.service && routeOf(snapshot.service);
  const route = nextRoute(options, versions, current);
  const sharing = nextSharing(options, versions, route);
  const switched =
    (current !== undefined && !sameRoute(route, current)) || sharing.shifts;
  const switchedAt = switched
    ? new Date(options.now).toISOString()
    : before?.switchedAt;
  const drained =
    !switched &&
    !sharing.isBehind &&
    (switchedAt === undefined ||
      options.now - Date.parse(switchedAt) >= options.drainMs);
  const httpRoute = snapshot.httpRoute && nameOf(snapshot.httpRoute);

  return {
    record: {
      generation: desired.generation,
      rolling: desired.rolling !== undefined,
      versions,
      ...(httpRoute && { httpRoute }),
      ...(scaledCopies && { scaledCopies }),
      ...(switchedAt && { switchedAt }),
    },
    route,
    preview: previewRelease(snapshot, versions, drained),
    previewWeight: sharing.weight,
    deployments: desired.versions.flatMap((version, index) =>
      // One that stands beside may not come up as long as the Service would send requests to it for being there.
      versions.length > 1 &&
      route === 'all' &&
      !deploymentNamed(snapshot, versions[index].deployment)
        ? []
        : [
            planDeployment(snapshot, version, versions[index], {
              rolling: desired.rolling,
              mayShrink: index > 0 || (!sharing.shifts && !sharing.isBehind),
            }),
          ],
    ),
    remove: removable(snapshot, versions, route, {
      drained,
      known: before !== undefined,
    }),
  };
}

/** Which Deployment each version runs in. Once chosen it stays for as long as the same is desired. */
function place(
  { autoscaler, desired, identity, snapshot }: Parameters<typeof planChange>[0],
  before: DesiredRecord | undefined,
): Map<DesiredVersion, string> {
  const places = new Map<DesiredVersion, string>();
  const home = deploymentNamed(snapshot, identity.name);
  const alone = desired.versions.length === 1;
  for (const version of desired.versions) {
    const { releaseId } = version.release;
    const recorded =
      before?.generation === desired.generation
        ? before.versions.find(known => known.releaseId === releaseId)
        : undefined;
    const own = ownDeploymentName(identity, releaseId);
    const isHome =
      // What an autoscaler works on is where releases come to rest.
      (alone && (desired.rolling || autoscaler(identity.name))) ||
      (!deploymentNamed(snapshot, own) &&
        ((home && templateRelease(home) === releaseKey(releaseId)) ||
          // Taking a rolling update back, or the first release of all.
          (alone && (home || snapshot.deployments.length === 0))));
    places.set(version, recorded?.deployment ?? (isHome ? identity.name : own));
  }
  return places;
}

// Beside something that an autoscaler drives it must carry its part of the traffic, however far that has been scaled. With
// all of it to come it does not shrink with the other one, since what the autoscaler sees falls as soon as traffic has gone.
function replicasBeside(
  { replicas, weight }: DesiredVersion,
  scaledCopies: number | undefined,
  own: V1Deployment | undefined,
): number {
  if (scaledCopies === undefined || replicas === 0) return replicas;
  return isPart(weight)
    ? Math.max(replicas, Math.ceil((scaledCopies * weight) / 100))
    : Math.max(replicas, scaledCopies, own?.spec?.replicas ?? 0);
}

/** Whether traffic is shared out, which a Service alone cannot do. */
export function isPart(weight: number): boolean {
  return weight > 0 && weight < 100;
}

function planDeployment(
  snapshot: Snapshot,
  version: DesiredVersion,
  recorded: RecordedVersion,
  {
    mayShrink,
    rolling,
  }: { rolling: DesiredState['rolling']; mayShrink: boolean },
): PlannedDeployment {
  const existing = deploymentNamed(snapshot, recorded.deployment);
  const pace = rolling ?? steady;
  const { spec } = existing ?? {};
  return {
    name: recorded.deployment,
    version,
    // A release does not change, so one that is there is left alone: writing it anew could replace all its pods.
    write: !existing
      ? version.replicas > 0
      : templateRelease(existing) !== releaseKey(version.release.releaseId) ||
        spec?.template.spec?.containers[0]?.image !==
          containerOf(version.release.artifact).image,
    rolling: pace,
    replicas: recorded.scaledBy
      ? undefined
      : Math.max(recorded.replicas, mayShrink ? 0 : (spec?.replicas ?? 0)),
  };
}

function nextRoute(
  {
    desired,
    identity,
    snapshot,
  }: Pick<
    Parameters<typeof planChange>[0],
    'desired' | 'identity' | 'snapshot'
  >,
  versions: RecordedVersion[],
  current: Route | undefined,
): Route {
  const live = served(versions);
  if (!live) return 'none';
  const inPlace =
    versions.length === 1 &&
    live.deployment === identity.name &&
    typeof current !== 'object';
  if (desired.rolling || inPlace) return 'all';
  const key = releaseKey(live.releaseId);
  if (current === undefined) return { release: key };
  const othersServing = snapshot.pods.some(
    pod =>
      isReady(pod) &&
      podRelease(pod) !== key &&
      receives(current, podRelease(pod)),
  );
  // Traffic is not taken from what serves it before there is as much to take it over.
  return isUp(snapshot, live) || !othersServing ? { release: key } : current;
}

/** The version that the Service is for: the one with all traffic, or the one that keeps the rest beside a canary. */
export function served<T extends { weight: number }>(
  versions: T[],
): T | undefined {
  return (
    versions.find(({ weight }) => weight === 100) ??
    versions.findLast(({ weight }) => isPart(weight))
  );
}

function isUp(snapshot: Snapshot, version: RecordedVersion): boolean {
  const key = releaseKey(version.releaseId);
  const ready = snapshot.pods.filter(
    pod => isReady(pod) && podRelease(pod) === key,
  ).length;
  const wanted = version.scaledBy
    ? (deploymentNamed(snapshot, version.deployment)?.spec?.replicas ?? 1)
    : version.replicas;
  return ready >= Math.max(1, wanted);
}

/** How the HTTPRoute, where there is one, shall share traffic out now. */
function nextSharing(
  {
    identity,
    snapshot: { httpRoute, ...snapshot },
  }: Pick<Parameters<typeof planChange>[0], 'identity' | 'snapshot'>,
  versions: RecordedVersion[],
  route: Route,
): { weight: number; shifts: boolean; isBehind: boolean } {
  if (!httpRoute) return { weight: 0, shifts: false, isBehind: false };
  const current = previewWeight(httpRoute, identity);
  const [canary] = versions;
  const live = served(versions);
  const serviceIs = (version: RecordedVersion | undefined) =>
    version !== undefined &&
    sameRoute(route, { release: releaseKey(version.releaseId) });
  const next = () => {
    if (canary && isPart(canary.weight)) {
      // More only for what can carry it, and only beside the other release; less at any time.
      const may = serviceIs(live) && isUp(snapshot, canary);
      return canary.weight > current && !may ? current : canary.weight;
    }
    // One that is to have all traffic keeps its part until the Service sends it the rest.
    return versions.length > 1 && live === canary && !serviceIs(canary)
      ? current
      : 0;
  };
  const weight = next();
  return {
    weight,
    shifts: weight !== current,
    isBehind: isBehind(httpRoute),
  };
}

/** A gateway may send requests to the preview Service for as long as it has not heard that it shall not. */
function previewRelease(
  { httpRoute, preview }: Snapshot,
  versions: RecordedVersion[],
  drained: boolean,
): string | undefined {
  if (versions.length > 1) return releaseKey(versions[0].releaseId);
  const shows = preview && routeOf(preview);
  return httpRoute && !drained && typeof shows === 'object'
    ? shows.release
    : undefined;
}

function receives(route: Route, release: string | undefined): boolean {
  return (
    route === 'all' || (typeof route === 'object' && route.release === release)
  );
}

function removable(
  snapshot: Snapshot,
  versions: RecordedVersion[],
  route: Route,
  { drained, known }: { drained: boolean; known: boolean },
): V1Deployment[] {
  if (!known) return [];
  const named = new Set(versions.map(({ deployment }) => deployment));
  const live = versions.find(({ weight }) => weight === 100);
  const liveDeployment = live && deploymentNamed(snapshot, live.deployment);
  const liveComplete =
    live !== undefined &&
    liveDeployment !== undefined &&
    templateRelease(liveDeployment) === releaseKey(live.releaseId) &&
    isComplete(liveDeployment) &&
    (live.scaledBy !== undefined ||
      liveDeployment.spec?.replicas === live.replicas);
  return snapshot.deployments.filter(deployment => {
    if (named.has(nameOf(deployment))) return false;
    // Pods of an update in progress may be of other releases than the template.
    const serving = snapshot.pods.some(
      pod =>
        isReady(pod) &&
        pod.metadata?.labels?.[labels.deployment] === nameOf(deployment) &&
        receives(route, podRelease(pod)),
    );
    return serving ? liveComplete : drained;
  });
}

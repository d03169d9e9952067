import type { V1Deployment } from '@kubernetes/client-node';
import type {
  DesiredState,
  DesiredVersion,
} from '@slipway/backstage-plugin-delivery-node';
import { containerOf } from '../artifacts/imageArtifact';
import type { RollingParameters } from '../objects/deploymentObject';
import {
  type DesiredRecord,
  type RecordedVersion,
  readRecord,
} from '../objects/desiredRecord';
import {
  labels,
  ownDeploymentName,
  releaseKey,
  type TargetIdentity,
} from '../objects/identity';
import { type Route, routeOf, sameRoute } from '../objects/serviceObject';
import {
  deploymentNamed,
  isComplete,
  isReady,
  nameOf,
  podRelease,
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
  const homeScaledBy = autoscaler(identity.name);

  const versions = desired.versions.map((version): RecordedVersion => {
    const deployment = places.get(version) ?? identity.name;
    const scaledBy = autoscaler(deployment);
    return {
      releaseId: version.release.releaseId,
      version: version.release.version,
      replicas: replicasBeside(
        version,
        deployment === identity.name ? undefined : homeScaledBy && home,
        deploymentNamed(snapshot, deployment),
      ),
      weight: version.weight,
      deployment,
      ...(scaledBy && { scaledBy }),
    };
  });

  const current = snapshot.service && routeOf(snapshot.service);
  const route = nextRoute(options, versions, current);
  const switched = current !== undefined && !sameRoute(route, current);
  const switchedAt = switched
    ? new Date(options.now).toISOString()
    : before?.switchedAt;

  return {
    record: {
      generation: desired.generation,
      rolling: desired.rolling !== undefined,
      versions,
      ...(switchedAt && { switchedAt }),
    },
    route,
    preview:
      versions.length > 1 ? releaseKey(versions[0].releaseId) : undefined,
    deployments: desired.versions.flatMap((version, index) =>
      // One that stands beside may not come up as long as the Service would send requests to it for being there.
      versions.length > 1 &&
      route === 'all' &&
      !deploymentNamed(snapshot, versions[index].deployment)
        ? []
        : [planDeployment(snapshot, version, versions[index], desired.rolling)],
    ),
    remove: removable(options, versions, route, {
      switched,
      switchedAt,
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

// Beside something that an autoscaler drives it must carry the same traffic, however far that has been scaled; and it
// does not shrink with it, since what the autoscaler sees falls as soon as traffic has gone.
function replicasBeside(
  { replicas }: DesiredVersion,
  scaled: V1Deployment | '' | undefined,
  own: V1Deployment | undefined,
): number {
  if (!scaled || replicas === 0) return replicas;
  return Math.max(
    replicas,
    scaled.spec?.replicas ?? 0,
    own?.spec?.replicas ?? 0,
  );
}

function planDeployment(
  snapshot: Snapshot,
  version: DesiredVersion,
  recorded: RecordedVersion,
  rolling: DesiredState['rolling'],
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
    replicas: recorded.scaledBy ? undefined : recorded.replicas,
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
  const live = versions.find(({ weight }) => weight === 100);
  if (!live) return 'none';
  const inPlace =
    versions.length === 1 &&
    live.deployment === identity.name &&
    typeof current !== 'object';
  if (desired.rolling || inPlace) return 'all';
  const key = releaseKey(live.releaseId);
  if (current === undefined) return { release: key };
  const ready = snapshot.pods.filter(isReady);
  const own = ready.filter(pod => podRelease(pod) === key).length;
  const wanted = live.scaledBy
    ? (deploymentNamed(snapshot, live.deployment)?.spec?.replicas ?? 1)
    : live.replicas;
  const othersServing = ready.some(
    pod => podRelease(pod) !== key && receives(current, podRelease(pod)),
  );
  // Traffic is not taken from what serves it before there is as much to take it over.
  return own >= Math.max(1, wanted) || !othersServing
    ? { release: key }
    : current;
}

function receives(route: Route, release: string | undefined): boolean {
  return (
    route === 'all' || (typeof route === 'object' && route.release === release)
  );
}

function removable(
  { drainMs, now, snapshot }: Parameters<typeof planChange>[0],
  versions: RecordedVersion[],
  route: Route,
  {
    known,
    switched,
    switchedAt,
  }: { switched: boolean; switchedAt?: string; known: boolean },
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
  const drained =
    !switched &&
    (switchedAt === undefined || now - Date.parse(switchedAt) >= drainMs);
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

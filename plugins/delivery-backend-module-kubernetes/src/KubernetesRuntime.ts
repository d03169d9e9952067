import { ConflictError, InputError } from '@backstage/errors';
import type {
  LogLine,
  Observation,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import type {
  DeliveryCallContext,
  DeliveryManifest,
  DeliveryPreview,
  DeliveryRuntime,
  DeliveryTarget,
  DesiredRelease,
  DesiredState,
} from '@slipway/backstage-plugin-delivery-node';
import {
  AskedTargets,
  checkVariables,
  type ClusterClient,
  type ClusterDirectory,
  containerOf,
  type Hook,
  HookCommand,
  identityOf,
  imageKind,
  inWords,
  LostRaceError,
  OwnWrites,
  podRelease,
  readPodLogs,
  releaseKey,
  type TargetIdentity,
  type WatchedObjects,
  withCommands,
} from '@slipway/backstage-plugin-kubernetes-node';
import { chooseHttpRoute, mustBeAccepted } from './objects/chooseHttpRoute';
import { deploymentObject } from './objects/deploymentObject';
import { readRecord } from './objects/desiredRecord';
import { previewWeight, withPreviewWeight } from './objects/httpRoute';
import { mustBeUndriven } from './objects/mustBeUndriven';
import { serviceObject } from './objects/serviceObject';
import { targetManifests } from './objects/targetManifests';
import { TargetObjects } from './objects/TargetObjects';
import { TargetReads } from './objects/TargetReads';
import {
  readTargetSettings,
  type TargetSettings,
} from './objects/targetSettings';
import { manifestsKind } from './manifests/manifestsArtifact';
import { ManifestsTarget } from './manifests/ManifestsTarget';
import { releaseManifests } from './manifests/releaseManifests';
import { observationOf } from './observe/observation';
import { isPart, planChange } from './plan/planChange';
import { type Snapshot } from './plan/Snapshot';
import { writesOf } from './plan/writesOf';
import { targetPreview } from './preview/targetPreview';
import type { KubernetesSettings } from './settings';

// A call waits for its answer: a validation for the person who starts a rollout.
const validateTimeoutMs = 15_000;
// The Deployment controller writes its own part of the objects all the time.
const racesPerCall = 5;

interface OpenTarget {
  client: ClusterClient;
  identity: TargetIdentity;
  objects: TargetObjects;
  reads: TargetReads;
  settings: TargetSettings;
}

/** Runs releases as Deployments behind a Service, in the cluster and namespace that the environment names. */
export class KubernetesRuntime implements DeliveryRuntime {
  readonly name = 'kubernetes';
  readonly title = 'Kubernetes';
  readonly strategies: DeliveryRuntime['strategies'] = [
    'rolling',
    'blueGreen',
    'canary',
  ];
  readonly artifactKinds = [imageKind, manifestsKind];

  readonly #written = new OwnWrites();
  readonly #asked = new AskedTargets();

  constructor(
    private readonly options: {
      clusters: ClusterDirectory;
      settings: Omit<KubernetesSettings, 'binaries' | 'repositories' | 'watch'>;
      now: () => number;
      /** Left out where the API server shall be asked at every look. */
      watched?: WatchedObjects;
    },
  ) {}

  /** Lets the API server check the objects without storing them. */
  async validate(
    target: DeliveryTarget,
    release: DesiredRelease,
  ): Promise<void> {
    if (!isManifests(release)) checkVariables(release.environmentVariables);
    await this.#dryRun(
      target,
      release,
      AbortSignal.timeout(validateTimeoutMs),
      'validate',
    );
  }

  /** A canary needs a gateway that shares traffic out; manifests are changed in place. */
  async validateStrategy(
    target: DeliveryTarget,
    strategy: keyof Strategy,
    { isRollback, release }: { isRollback: boolean; release: DesiredRelease },
  ): Promise<void> {
    if (isManifests(release) && strategy !== 'rolling' && !isRollback)
      throw new InputError(
        `Manifests name their objects themselves, so that two releases cannot stand beside each other, which ${strategy} needs; use the strategy rolling`,
      );
    if (strategy !== 'canary') return;
    const signal = AbortSignal.timeout(validateTimeoutMs);
    await this.#with(
      target,
      signal,
      async ({ identity, objects, reads, settings }) => {
        const route = chooseHttpRoute(
          await reads.direct().httpRoutes(),
          identity,
          settings,
        );
        mustBeAccepted(route);
        // Whether we may write it, and whether somebody else has declared it. Half and half is what no rest looks like.
        await objects.applyHttpRoute(withPreviewWeight(route, identity, 50), {
          dryRun: true,
          takeOver: settings.httpRoute !== undefined,
        });
      },
    );
  }

  manifests(
    target: DeliveryTarget,
    release: DesiredRelease,
  ): DeliveryManifest[] {
    const { settings } = this.options;
    return isManifests(release)
      ? releaseManifests(target, release, settings)
      : targetManifests(target, release, settings);
  }

  /** By server-side apply that stores nothing. Conflicts are told, and nothing is forced. */
  async preview(
    target: DeliveryTarget,
    release: DesiredRelease,
    { signal, strategy }: { signal: AbortSignal; strategy: keyof Strategy },
  ): Promise<DeliveryPreview> {
    const { clusters, settings: own } = this.options;
    const { cluster, namespace } = readTargetSettings(target);
    await clusters.check(cluster, signal);
    return this.#with(target, signal, async open => {
      const { client, identity, objects, reads, settings } = open;
      await mustBeUndriven(client, namespace, identity);
      await this.#mustBeOneKind(open, release);
      if (isManifests(release)) return this.#manifests(open).preview(release);
      const preview = await targetPreview({
        identity,
        objects,
        reads: reads.direct(),
        settings,
        release,
        strategy,
        progressDeadlineSeconds: own.progressDeadlineSeconds,
      });
      const note = withCommands(preview.note, {
        pre: await this.#command('pre', open).isPending(release),
        post: this.concludes(release),
      });
      return { ...preview, ...(note && { note }) };
    });
  }

  /**
   * Nodes fetch the image when copies start; what can be known before is whether the cluster takes the release, and how its
   * command before the rollout ends.
   */
  async prepare(
    target: DeliveryTarget,
    release: DesiredRelease,
    { idempotencyKey, signal }: DeliveryCallContext,
  ): Promise<void> {
    await this.#dryRun(target, release, signal, idempotencyKey);
    if (isManifests(release)) return;
    await this.#with(target, signal, open =>
      this.#command('pre', open).run(release, { idempotencyKey, signal }),
    );
  }

  concludes(release: DesiredRelease): boolean {
    return (
      !isManifests(release) &&
      containerOf(release.artifact).postCommand !== undefined
    );
  }

  async conclude(
    target: DeliveryTarget,
    release: DesiredRelease,
    context: DeliveryCallContext,
  ): Promise<void> {
    await this.#with(target, context.signal, open =>
      this.#command('post', open).run(release, context),
    );
  }

  async apply(
    target: DeliveryTarget,
    desired: DesiredState,
    context: DeliveryCallContext,
  ): Promise<Observation> {
    return this.#with(target, context.signal, async open => {
      if (await this.#runsManifests(open, desired))
        return this.#applyManifests(open, desired, context);
      if (desired.concluding)
        await this.#command('post', open).stop(desired.concluding, context);
      let { reads } = open;
      for (let race = 0; race < racesPerCall; race++) {
        try {
          const removed = await this.#step(
            { ...open, reads },
            desired,
            context,
          );
          // A watch does not say up to when it has told what is gone.
          if (removed) reads = open.reads.direct();
          break;
        } catch (error) {
          const known = inWords(error, open.settings);
          // What was watched may have been older than what somebody else knows, and ends nothing for good.
          const mayBeOld =
            !reads.isDirect &&
            (known instanceof InputError || known instanceof ConflictError);
          if (!(known instanceof LostRaceError) && !mayBeOld) throw known;
          reads = open.reads.direct();
        }
      }
      return this.#look({ ...open, reads }, desired.generation);
    });
  }

  async observe(
    target: DeliveryTarget,
    { signal }: DeliveryCallContext,
  ): Promise<Observation | undefined> {
    return this.#with(
      target,
      signal,
      async open =>
        observationOf(await open.reads.snapshot(), {
          identity: open.identity,
          namespace: open.settings.namespace,
          now: this.options.now(),
        }) ?? this.#manifests(open).observe(),
    );
  }

  async logs(
    target: DeliveryTarget,
    { releaseId, tail }: { releaseId: string; tail: number },
    { signal }: DeliveryCallContext,
  ): Promise<LogLine[]> {
    return this.#with(target, signal, async open => {
      const { pods, service } = await open.reads.snapshot();
      if (!readRecord(service) && (await this.#manifests(open).exists()))
        return this.#manifests(open).logs(releaseId, tail);
      return readPodLogs(
        open.client,
        open.settings.namespace,
        [
          ...(await this.#command('pre', open).pods(releaseId)),
          ...pods.filter(pod => podRelease(pod) === releaseKey(releaseId)),
          ...(await this.#command('post', open).pods(releaseId)),
        ],
        tail,
      );
    });
  }

  /** Of targets that were asked for, in namespaces that are watched. */
  onChange(
    listener: (
      target: Pick<DeliveryTarget, 'componentRef' | 'environmentRef'>,
    ) => void,
  ): () => void {
    return this.#asked.onChange(this.options.watched, listener);
  }

  /** With the HTTPRoute that shares traffic out, where that is wished. */
  async #readFor(
    { identity, reads, settings }: OpenTarget,
    { versions }: DesiredState,
  ): Promise<Snapshot> {
    const snapshot = await reads.snapshot();
    const { httpRoute } = snapshot;
    const begun = httpRoute && previewWeight(httpRoute, identity) > 0;
    if (begun || !versions.some(({ weight }) => isPart(weight)))
      return snapshot;
    return {
      ...snapshot,
      httpRoute: chooseHttpRoute(await reads.httpRoutes(), identity, settings),
    };
  }

  /** Answers whether anything was taken away. */
  async #step(
    open: OpenTarget,
    desired: DesiredState,
    { idempotencyKey }: DeliveryCallContext,
  ): Promise<boolean> {
    const { identity, objects, reads, settings } = open;
    const { drainSeconds, progressDeadlineSeconds } = this.options.settings;
    const [snapshot, autoscaler] = await Promise.all([
      this.#readFor(open, desired),
      reads.autoscalers(),
    ]);
    checkGeneration(readRecord(snapshot.service)?.generation, desired);
    const change = planChange({
      identity,
      snapshot,
      desired,
      autoscaler,
      drainMs: drainSeconds * 1000,
      now: this.options.now(),
    });
    const writes = writesOf({
      change,
      snapshot,
      identity,
      objects,
      settings,
      progressDeadlineSeconds,
      idempotencyKey,
    });
    for (const write of writes) await write();
    return (
      change.remove.length > 0 ||
      (snapshot.preview !== undefined && !change.preview)
    );
  }

  async #look(
    { identity, reads, settings }: OpenTarget,
    generation: number,
  ): Promise<Observation> {
    const now = this.options.now();
    const snapshot = await reads.snapshot();
    const record = readRecord(snapshot.service);
    const seen = observationOf(snapshot, {
      identity,
      namespace: settings.namespace,
      now,
    });
    // Every try lost against another writer: nothing of this wish is there yet.
    if (!seen || record?.generation !== generation)
      return {
        observedAt: new Date(now).toISOString(),
        converged: false,
        message: 'The cluster is busy with the same objects',
        versions: seen?.versions ?? [],
      };
    return seen;
  }

  #manifests({ client, identity, settings }: OpenTarget): ManifestsTarget {
    const { now, settings: own } = this.options;
    return new ManifestsTarget({
      client,
      identity,
      place: settings,
      progressDeadlineSeconds: own.progressDeadlineSeconds,
      now,
    });
  }

  async #mustBeOneKind(
    open: OpenTarget,
    release: DesiredRelease,
  ): Promise<void> {
    const { service } = await open.reads.snapshot();
    const runsImages = readRecord(service) !== undefined;
    const isOther = isManifests(release)
      ? runsImages
      : !runsImages && (await this.#manifests(open).exists());
    if (isOther)
      throw new InputError(
        `Releases of this component are ${runsImages ? 'container images' : 'manifests'} in this environment, and one kind cannot take the place of the other there; give the component another environment`,
      );
  }

  /** Whether it is about manifests. One target runs one kind of artifact, and nothing says which when nothing is desired. */
  async #runsManifests(
    open: OpenTarget,
    { versions }: DesiredState,
  ): Promise<boolean> {
    if (versions.length)
      return versions.every(({ release }) => isManifests(release));
    const { service } = await open.reads.snapshot();
    return !readRecord(service) && (await this.#manifests(open).exists());
  }

  async #applyManifests(
    open: OpenTarget,
    desired: DesiredState,
    { idempotencyKey }: DeliveryCallContext,
  ): Promise<Observation> {
    const manifests = this.#manifests(open);
    for (let race = 1; ; race++) {
      try {
        await manifests.apply(desired, idempotencyKey);
        break;
      } catch (error) {
        const isRace = inWords(error, open.settings) instanceof LostRaceError;
        if (!isRace || race === racesPerCall) throw error;
      }
    }
    const seen = await manifests.observe();
    if (!seen) throw new Error('What was just noted of it is not there');
    return seen;
  }

  #command(
    hook: Hook,
    { client, identity, settings }: OpenTarget,
  ): HookCommand {
    const { namespace, serviceAccountName } = settings;
    return new HookCommand({
      hook,
      client,
      identity,
      namespace,
      ...(serviceAccountName && { serviceAccountName }),
      timeoutSeconds: this.options.settings.commandTimeoutSeconds,
      now: this.options.now,
    });
  }

  async #dryRun(
    target: DeliveryTarget,
    release: DesiredRelease,
    signal: AbortSignal,
    idempotencyKey: string,
  ): Promise<void> {
    const { clusters, settings: own } = this.options;
    await clusters.check(readTargetSettings(target).cluster, signal);
    await this.#with(target, signal, async open => {
      const { identity, objects, reads, settings } = open;
      const { service } = await reads.snapshot();
      const { namespace, serviceAccountName } = settings;
      await mustBeUndriven(open.client, namespace, identity);
      await this.#mustBeOneKind(open, release);
      if (isManifests(release)) {
        await this.#manifests(open).validate(release);
        return;
      }
      await objects.applyDeployment(
        deploymentObject({
          identity,
          name: identity.name,
          namespace,
          release,
          rolling: { maxSurge: 1, maxUnavailable: 0 },
          ...(serviceAccountName && { serviceAccountName }),
          progressDeadlineSeconds: own.progressDeadlineSeconds,
          generation: readRecord(service)?.generation ?? 0,
          idempotencyKey,
        }),
        { dryRun: true },
      );
      if (!service)
        await objects.applyService(
          serviceObject({
            identity,
            name: identity.name,
            namespace,
            route: 'none',
          }),
          { dryRun: true },
        );
      await this.#command('pre', open).rehearse(release);
      await this.#command('post', open).rehearse(release);
    });
  }

  async #with<T>(
    target: DeliveryTarget,
    signal: AbortSignal,
    act: (open: OpenTarget) => Promise<T>,
  ): Promise<T> {
    const settings = readTargetSettings(target);
    const identity = identityOf(target);
    const client = await this.options.clusters.connect(
      settings.cluster,
      signal,
    );
    const { watched } = this.options;
    const written = this.#written;
    this.#asked.add(identity);
    const objects = new TargetObjects(
      client,
      settings.namespace,
      identity,
      written,
    );
    const reads = new TargetReads({
      client,
      place: settings,
      identity,
      signal,
      written,
      ...(watched && { watched }),
    });
    try {
      return await act({ client, identity, objects, reads, settings });
    } catch (error) {
      throw inWords(error, settings);
    }
  }
}

function isManifests({ artifact }: DesiredRelease): boolean {
  return artifact.kind === manifestsKind;
}

function checkGeneration(known: number | undefined, desired: DesiredState) {
  if (known !== undefined && desired.generation < known)
    throw new ConflictError(
      `The wish ${desired.generation} for this target is older than the one that the cluster knows, ${known}`,
    );
}

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
  annotations,
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
  readAutoscalers,
  readPodLogs,
  releaseKey,
  type TargetIdentity,
  type WatchedObjects,
  withCommands,
} from '@slipway/backstage-plugin-kubernetes-node';
import { followedContainer } from './objects/chooseRollout';
import { readRecord } from './objects/desiredRecord';
import { podHashLabel, typeOf } from './objects/rollout';
import { mustBeUndriven, RolloutObjects } from './objects/RolloutObjects';
import { serviceObject } from './objects/serviceObject';
import { targetManifests } from './objects/targetManifests';
import {
  readTargetSettings,
  type TargetSettings,
} from './objects/targetSettings';
import { watchedSnapshot } from './objects/watchedSnapshot';
import { observationOf } from './observe/observation';
import { type Action, nextAction, type Work } from './plan/nextAction';
import type { Snapshot } from './plan/Snapshot';
import { targetPreview } from './preview/targetPreview';
import type { ArgoRolloutsSettings } from './settings';

// A call waits for its answer: a validation for the person who starts a rollout.
const validateTimeoutMs = 15_000;
// Writes of one wish, and races lost against Argo's controller, which writes the same objects.
const looksPerCall = 10;

interface OpenTarget {
  client: ClusterClient;
  identity: TargetIdentity;
  objects: RolloutObjects;
  settings: TargetSettings;
}

/** Runs releases as Rollouts of Argo, whose controller moves traffic and copies; when it goes on is said here. */
export class ArgoRolloutsRuntime implements DeliveryRuntime {
  readonly name = 'argo-rollouts';
  readonly title = 'Argo Rollouts';
  readonly strategies: DeliveryRuntime['strategies'] = [
    'rolling',
    'blueGreen',
    'canary',
  ];
  readonly artifactKinds = [imageKind];

  readonly #written = new OwnWrites();
  readonly #asked = new AskedTargets();

  constructor(
    private readonly options: {
      clusters: ClusterDirectory;
      settings: Omit<ArgoRolloutsSettings, 'watch'>;
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
    checkVariables(release.environmentVariables);
    await this.#dryRun(target, release, {
      signal: AbortSignal.timeout(validateTimeoutMs),
      idempotencyKey: 'validate',
    });
  }

  /** A Rollout that somebody else has made keeps its type, and its steps have to be Slipway's to write. */
  async validateStrategy(
    target: DeliveryTarget,
    strategy: keyof Strategy,
  ): Promise<void> {
    const signal = AbortSignal.timeout(validateTimeoutMs);
    await this.#with(target, signal, async open => {
      const { rollout, isFollowed } = await open.objects.read();
      if (!rollout || !isFollowed) return;
      const { name } = rollout.metadata ?? {};
      // A rollback is asked for as blueGreen: a canary brings it about as one step to all traffic.
      if (typeOf(rollout) === 'blueGreen' && strategy !== 'blueGreen')
        throw new InputError(
          `Rollout ${name} is blue-green (spec.strategy.blueGreen), which whoever made it has decided; use the strategy blueGreen, or give the Rollout the strategy canary`,
        );
    });
  }

  manifests(
    target: DeliveryTarget,
    release: DesiredRelease,
  ): DeliveryManifest[] {
    return targetManifests(target, release, this.options.settings);
  }

  /** By server-side apply that stores nothing. Conflicts are told, and nothing is forced. */
  async preview(
    target: DeliveryTarget,
    release: DesiredRelease,
    { signal }: { signal: AbortSignal },
  ): Promise<DeliveryPreview> {
    const { cluster, namespace } = readTargetSettings(target);
    await this.options.clusters.check(cluster, signal);
    return this.#with(target, signal, async open => {
      const { objects } = open;
      const snapshot = await objects.read();
      mustBeUndriven(snapshot.deployments, namespace);
      const work = this.#workOf(open, snapshot);
      const preview = await targetPreview({ objects, release, work });
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
    context: DeliveryCallContext,
  ): Promise<void> {
    await this.#dryRun(target, release, context);
    await this.#with(target, context.signal, open =>
      this.#command('pre', open).run(release, context),
    );
  }

  concludes({ artifact }: DesiredRelease): boolean {
    return containerOf(artifact).postCommand !== undefined;
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
      if (desired.concluding)
        await this.#command('post', open).stop(desired.concluding, context);
      for (let look = 0; look < looksPerCall; look++) {
        try {
          if (!(await this.#act(open, desired, context.idempotencyKey))) break;
        } catch (error) {
          const known = inWords(error, open.settings);
          if (!(known instanceof LostRaceError)) throw known;
        }
      }
      return this.#look(open, desired);
    });
  }

  async observe(
    target: DeliveryTarget,
    { signal }: DeliveryCallContext,
  ): Promise<Observation | undefined> {
    return this.#with(target, signal, async open => {
      const { objects, settings } = open;
      const snapshot =
        (await this.#watched(open, signal)) ?? (await objects.read());
      return observationOf(snapshot, {
        namespace: settings.namespace,
        now: this.options.now(),
      });
    });
  }

  async #watched(
    { identity, settings }: OpenTarget,
    signal: AbortSignal,
  ): Promise<Snapshot | undefined> {
    const { watched } = this.options;
    if (!watched) return undefined;
    try {
      return await watchedSnapshot({
        identity,
        settings,
        signal,
        watched,
        written: this.#written,
      });
    } catch (error) {
      // What was watched may be older than what is there now, which says so itself where it does not.
      if (error instanceof InputError || error instanceof ConflictError)
        return undefined;
      throw error;
    }
  }

  /** Of targets that were asked for, by the label that their Rollouts' pods have; others are looked at in turn. */
  onChange(
    listener: (
      target: Pick<DeliveryTarget, 'componentRef' | 'environmentRef'>,
    ) => void,
  ): () => void {
    return this.#asked.onChange(this.options.watched, listener);
  }

  async logs(
    target: DeliveryTarget,
    { releaseId, tail }: { releaseId: string; tail: number },
    { signal }: DeliveryCallContext,
  ): Promise<LogLine[]> {
    return this.#with(target, signal, async open => {
      const { client, objects, settings } = open;
      const { isFollowed, pods, rollout } = await objects.read();
      const ofCommand = async (hook: Hook) =>
        readPodLogs(
          client,
          settings.namespace,
          await this.#command(hook, open).pods(releaseId),
          tail,
        );
      const lines = await readPodLogs(
        client,
        settings.namespace,
        pods.filter(pod => podRelease(pod) === releaseKey(releaseId)),
        tail,
        isFollowed && rollout
          ? followedContainer(rollout, settings)
          : undefined,
      );
      return [
        ...(await ofCommand('pre')),
        ...lines,
        ...(await ofCommand('post')),
      ].slice(-tail);
    });
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

  /** Does the next write of a wish; answers whether there was one. */
  async #act(
    open: OpenTarget,
    desired: DesiredState,
    idempotencyKey: string,
  ): Promise<boolean> {
    const { client, objects, settings } = open;
    const [snapshot, autoscaler] = await Promise.all([
      objects.read(),
      readAutoscalers(client, settings.namespace, 'Rollout'),
    ]);
    const { deployments, rollout, service } = snapshot;
    mustBeUndriven(deployments, settings.namespace);
    checkGeneration(readRecord(rollout, service)?.generation, desired);
    const scaledBy = autoscaler(rollout?.metadata?.name ?? open.identity.name);
    const action = nextAction({
      ...this.#workOf(open, snapshot),
      desired,
      ...(scaledBy && { scaledBy }),
    });
    if (!action) return false;
    await perform(action, open, snapshot, idempotencyKey);
    return true;
  }

  async #look(
    { objects, settings }: OpenTarget,
    desired: DesiredState,
  ): Promise<Observation> {
    const now = this.options.now();
    const snapshot = await objects.read();
    const { isFollowed, rollout, service } = snapshot;
    const { namespace } = settings;
    // What somebody else has made is not marked as taken away.
    const record =
      isFollowed && desired.versions.length === 0
        ? { generation: desired.generation, versions: [] }
        : readRecord(rollout, service);
    const seen = observationOf(snapshot, {
      namespace,
      now,
      ...(record && { record }),
    });
    // Every try lost against another writer, or Argo has to act first: the target is not as it was wished yet.
    if (!seen || record?.generation !== desired.generation)
      return {
        observedAt: new Date(now).toISOString(),
        converged: false,
        message: seen?.message ?? 'The cluster is busy with the same objects',
        versions: seen?.versions ?? [],
      };
    return seen;
  }

  async #dryRun(
    target: DeliveryTarget,
    release: DesiredRelease,
    { idempotencyKey, signal }: DeliveryCallContext,
  ): Promise<void> {
    await this.options.clusters.check(
      readTargetSettings(target).cluster,
      signal,
    );
    await this.#with(target, signal, async open => {
      const { identity, objects, settings } = open;
      const snapshot = await objects.read();
      const { deployments, isFollowed, rollout, service } = snapshot;
      const { namespace } = settings;
      mustBeUndriven(deployments, namespace);
      if (!isFollowed && !service)
        await objects.applyService(
          serviceObject({ identity, name: identity.name, namespace }),
          { dryRun: true },
        );
      const action = nextAction({
        ...this.#workOf(open, snapshot),
        // With a Service there, the Rollout is what comes first.
        snapshot: {
          ...snapshot,
          service:
            service ??
            serviceObject({ identity, name: identity.name, namespace }),
        },
        desired: {
          generation: readRecord(rollout, service)?.generation ?? 0,
          versions: [{ release, replicas: 1, weight: 100 }],
        },
      });
      if (action?.kind === 'applyRollout')
        await objects.applyRollout(action.rollout, {
          idempotencyKey,
          dryRun: true,
        });
      await this.#command('pre', open).rehearse(release);
      await this.#command('post', open).rehearse(release);
    });
  }

  #workOf(
    { identity, settings }: OpenTarget,
    snapshot: Snapshot,
  ): Omit<Work, 'desired'> {
    const { isFollowed, rollout } = snapshot;
    return {
      identity,
      namespace: settings.namespace,
      snapshot,
      ...(isFollowed &&
        rollout && { container: followedContainer(rollout, settings) }),
      ...(settings.serviceAccountName && {
        serviceAccountName: settings.serviceAccountName,
      }),
      progressDeadlineSeconds: this.options.settings.progressDeadlineSeconds,
    };
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
    this.#asked.add(identity);
    const objects = new RolloutObjects(
      client,
      settings,
      identity,
      this.#written,
    );
    try {
      return await act({ client, identity, objects, settings });
    } catch (error) {
      throw inWords(error, settings);
    }
  }
}

async function perform(
  action: Action,
  { identity, objects, settings: { namespace } }: OpenTarget,
  { preview, rollout, service }: Snapshot,
  idempotencyKey: string,
): Promise<void> {
  switch (action.kind) {
    case 'applyRollout':
      await objects.applyRollout(action.rollout, {
        idempotencyKey,
        ...versionOf(
          rollout && action.without
            ? await objects.removeStrategy(rollout, action.without)
            : rollout,
        ),
      });
      return;
    case 'applyService':
      await objects.applyService(
        serviceObject({
          identity,
          name: action.name,
          namespace,
          ...versionOf(action.name === identity.name ? service : preview),
        }),
      );
      return;
    case 'note':
      await objects.patchService(action.service, {
        annotations: { [annotations.desired]: JSON.stringify(action.record) },
      });
      return;
    case 'unpin':
      await objects.patchService(action.service, {
        selector: { [podHashLabel]: null },
      });
      return;
    case 'removeService':
      await objects.removeService(action.service);
      return;
    default:
  }
  if (!rollout) return;
  if (action.kind === 'patchStatus')
    await objects.patchStatus(rollout, action.status);
  else if (action.kind === 'scale') await objects.scale(rollout, action.copies);
  else await objects.removeRollout(rollout);
}

function versionOf(object?: { metadata?: { resourceVersion?: string } }) {
  const resourceVersion = object?.metadata?.resourceVersion;
  return resourceVersion ? { resourceVersion } : {};
}

function checkGeneration(known: number | undefined, desired: DesiredState) {
  if (known !== undefined && desired.generation < known)
    throw new ConflictError(
      `The wish ${desired.generation} for this target is older than the one that the cluster knows, ${known}`,
    );
}

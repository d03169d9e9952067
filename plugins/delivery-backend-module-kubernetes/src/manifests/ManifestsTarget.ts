import { ConflictError, InputError } from '@backstage/errors';
import type { V1PodList } from '@kubernetes/client-node';
import type {
  LogLine,
  Observation,
} from '@slipway/backstage-plugin-delivery-common';
import type {
  DeliveryPreview,
  DesiredRelease,
  DesiredState,
  PreviewedObject,
} from '@slipway/backstage-plugin-delivery-node';
import {
  conflictInWords,
  readableObject,
  type ClusterClient,
  ClusterResponseError,
  fieldConflicts,
  labels,
  type Place,
  podRelease,
  readPodLogs,
  releaseKey,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import { type ManifestObject, type ObjectKey, titleOf } from './ManifestObject';
import { ManifestObjects } from './ManifestObjects';
import {
  type KeptRecord,
  type ManifestRecord,
  ManifestRecords,
} from './ManifestRecords';
import {
  isWorkload,
  isWorkloadReady,
  manifestsObservation,
  type Workload,
} from './manifestsObservation';
import { renderedOf } from './manifestsArtifact';
import { nextRecord } from './nextRecord';
import { readManifests } from './readManifests';
import { stampManifests } from './stampManifests';

/** One component in one environment that runs manifests: their objects, changed in place. */
export class ManifestsTarget {
  readonly #objects: ManifestObjects;
  readonly #records: ManifestRecords;

  constructor(
    private readonly options: {
      client: ClusterClient;
      identity: TargetIdentity;
      place: Place;
      progressDeadlineSeconds: number;
      now: () => number;
    },
  ) {
    const { client, identity, place } = options;
    this.#objects = new ManifestObjects(client, place, identity);
    this.#records = new ManifestRecords(client, place.namespace, identity);
  }

  /** Whether manifests run here, or did. Where they may not be read they do not. */
  async exists(): Promise<boolean> {
    return (await this.#known()) !== undefined;
  }

  /** Lets the API server check all objects without storing them. */
  async validate(release: DesiredRelease): Promise<void> {
    if (Object.keys(release.environmentVariables).length)
      throw new InputError(
        'the release has configuration values, and manifests have their own; write them there, and leave the configuration empty',
      );
    await inBatches(this.#objectsOf(release), object =>
      this.#objects.rehearse(object),
    );
  }

  /** One step towards what is desired. */
  async apply(desired: DesiredState, idempotencyKey: string): Promise<void> {
    const before = await this.#records.read();
    const known = before?.record.generation ?? 0;
    if (desired.generation < known)
      throw new ConflictError(
        `The wish ${desired.generation} for this target is older than the one that the cluster knows, ${known}`,
      );
    const wanted = desired.versions.find(({ weight }) => weight === 100);
    if (!wanted && desired.versions.length)
      throw new InputError(
        'Manifests are changed in place, and cannot share traffic with those of another release',
      );
    const objects = wanted ? this.#objectsOf(wanted.release) : [];
    let kept = await this.#keep(
      nextRecord(before?.record, {
        generation: desired.generation,
        release: wanted?.release,
        objects,
        now: this.options.now(),
      }),
      before,
    );
    if (wanted && !kept.record.applied) {
      const { releaseId } = wanted.release;
      for (const object of objects)
        await this.#objects.apply(object, {
          generation: desired.generation,
          idempotencyKey,
          releaseId,
        });
      kept = await this.#keep({ ...kept.record, applied: true }, kept);
    }
    await this.#prune(kept);
  }

  async observe(): Promise<Observation | undefined> {
    const record = await this.#known();
    if (!record) return undefined;
    const { now, progressDeadlineSeconds } = this.options;
    const [workloads, pods] = await Promise.all([
      this.#workloads(record.objects),
      this.#pods(),
    ]);
    return manifestsObservation({
      record,
      workloads,
      pods,
      progressDeadlineSeconds,
      now: now(),
    });
  }

  /** All objects of a release as they are, and as they would be. */
  async preview(release: DesiredRelease): Promise<DeliveryPreview> {
    const objects = this.#objectsOf(release);
    const record = (await this.#records.read())?.record;
    const previewed = await inBatches(objects, object =>
      this.#previewed(object),
    );
    const { left } = nextRecord(record, {
      generation: 0,
      release,
      objects,
      now: 0,
    });
    for (const key of left) {
      const live = await this.#objects.read(key);
      if (live)
        previewed.push({ name: titleOf(key), before: readableObject(live) });
    }
    return { objects: previewed };
  }

  async logs(releaseId: string, tail: number): Promise<LogLine[]> {
    const { client, place } = this.options;
    const pods = (await this.#pods()).filter(
      pod => podRelease(pod) === releaseKey(releaseId),
    );
    const lines = await Promise.all(
      pods.flatMap(pod =>
        (pod.spec?.containers ?? []).map(({ name }) =>
          readPodLogs(client, place.namespace, [pod], tail, name),
        ),
      ),
    );
    return lines
      .flat()
      .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
      .slice(-tail);
  }

  #objectsOf(release: DesiredRelease): ManifestObject[] {
    const { identity, place, progressDeadlineSeconds } = this.options;
    const objects = stampManifests(
      readManifests(renderedOf(release.artifact, place.namespace)),
      {
        identity,
        namespace: place.namespace,
        release,
        progressDeadlineSeconds,
      },
    );
    for (const object of objects) this.#mustBeHere(object);
    const own = objects.find(
      ({ kind, name }) => kind === 'ConfigMap' && name === this.#records.name,
    );
    if (own)
      throw new InputError(
        `${titleOf(own)} is where Slipway keeps its own notes; give it another name`,
      );
    return objects;
  }

  #mustBeHere(object: ManifestObject): void {
    const { namespace } = this.options.place;
    const named = object.body.metadata?.namespace;
    if (named !== namespace)
      throw new InputError(
        `${titleOf(object)}: metadata.namespace is '${named}', but this environment is the namespace '${namespace}'; leave it out, so that a release goes to the namespace of each environment`,
      );
  }

  async #known(): Promise<ManifestRecord | undefined> {
    try {
      return (await this.#records.read())?.record;
    } catch (error) {
      // The role for manifests is not bound where only images run.
      if (error instanceof ClusterResponseError && error.status === 403)
        return undefined;
      throw error;
    }
  }

  async #keep(
    record: ManifestRecord,
    before: KeptRecord | undefined,
  ): Promise<KeptRecord> {
    if (before && JSON.stringify(before.record) === JSON.stringify(record))
      return before;
    return this.#records.write(record, before);
  }

  /** What earlier releases had goes when what takes its place is ready. */
  async #prune(kept: KeptRecord): Promise<void> {
    const { record } = kept;
    if (!record.left.length) return;
    const workloads = await this.#workloads(record.objects);
    if (!workloads.every(isWorkloadReady)) return;
    // Against the order of applying: what works on others goes before them.
    for (const key of [...record.left].reverse())
      await this.#objects.remove(key);
    await this.#keep({ ...record, left: [] }, kept);
  }

  #workloads(keys: ObjectKey[]): Promise<Workload[]> {
    return Promise.all(
      keys.filter(isWorkload).map(async key => {
        const live = await this.#objects.read(key);
        return { key, ...(live && { live }) };
      }),
    );
  }

  async #pods() {
    const { client, identity, place } = this.options;
    const { items } = await client.get<V1PodList>(
      `api/v1/namespaces/${place.namespace}/pods?labelSelector=${labels.target}%3D${identity.id}`,
    );
    return items;
  }

  async #previewed(object: ManifestObject): Promise<PreviewedObject> {
    const name = titleOf(object);
    const live = await this.#objects.read(object);
    const before = live && { before: readableObject(live) };
    try {
      const after = readableObject(await this.#objects.rehearse(object));
      return { name, ...before, after };
    } catch (error) {
      const conflicts = fieldConflicts(error);
      if (!conflicts.length) throw error;
      return {
        name,
        ...before,
        conflicts: conflicts.map(one => conflictInWords(name, one)),
      };
    }
  }
}

/** Not all at once: each is a request to the API server, or two. */
async function inBatches<T, R>(
  items: T[],
  ask: (item: T) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < items.length; at += 8)
    answers.push(...(await Promise.all(items.slice(at, at + 8).map(ask))));
  return answers;
}

import { ConflictError, InputError } from '@backstage/errors';
import type { KubernetesObject } from '@kubernetes/client-node';
import {
  annotations,
  type ClusterClient,
  ClusterResponseError,
  inWords,
  labels,
  LostRaceError,
  type Place,
  releaseKey,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import { fieldManager } from '../objects/TargetObjects';
import { manifestKinds } from './kinds';
import { type ManifestObject, type ObjectKey, titleOf } from './ManifestObject';

// Controllers write their own part of the objects all the time.
const racesPerObject = 5;

/**
 * Reads and writes the objects of one target, in its namespace. Errors are `ClusterResponseError`s, `ConflictError`, and `InputError`
 * for missing rights and for what does not fit its kind.
 */
export class ManifestObjects {
  constructor(
    private readonly client: ClusterClient,
    private readonly place: Place,
    private readonly identity: TargetIdentity,
  ) {}

  async read(key: ObjectKey): Promise<KubernetesObject | undefined> {
    return this.client
      .get<KubernetesObject>(this.#path(key))
      .catch(orUndefined)
      .catch(error => this.#refused(key, error));
  }

  /** What it would be, without storing it. */
  async rehearse(object: ManifestObject): Promise<KubernetesObject> {
    this.#mustBeOurs(object, await this.read(object));
    return this.#patch(object, object.body, true);
  }

  /** Writes what is not so already. Throws `ConflictError` when somebody has written it for a later wish. */
  async apply(
    object: ManifestObject,
    stamp: { generation: number; idempotencyKey: string; releaseId: string },
  ): Promise<void> {
    for (let race = 1; ; race++) {
      const live = await this.read(object);
      this.#mustBeOurs(object, live);
      const known = Number(
        live?.metadata?.annotations?.[annotations.generation],
      );
      if (known > stamp.generation)
        throw new ConflictError(
          `${titleOf(object)} was written for the wish ${known}, and this one is older, ${stamp.generation}`,
        );
      const isSo =
        known === stamp.generation &&
        live?.metadata?.labels?.[labels.release] ===
          releaseKey(stamp.releaseId);
      if (isSo) return;
      try {
        await this.#patch(object, withStamp(object, stamp, live), false);
        return;
      } catch (error) {
        const isRace = inWords(error, this.place) instanceof LostRaceError;
        if (!isRace || race === racesPerObject) throw error;
      }
    }
  }

  /** Leaves alone what does not carry the target's label. */
  async remove(key: ObjectKey): Promise<void> {
    const live = await this.read(key);
    const { labels: worn, uid } = live?.metadata ?? {};
    if (worn?.[labels.target] !== this.identity.id) return;
    await this.client
      .send('DELETE', this.#path(key), {
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          propagationPolicy: 'Background',
          preconditions: { uid },
        },
      })
      .catch(orUndefined)
      .catch(error => this.#refused(key, error));
  }

  async #patch(
    key: ObjectKey,
    body: KubernetesObject,
    dryRun: boolean,
  ): Promise<KubernetesObject> {
    return this.client
      .send<KubernetesObject>(
        'PATCH',
        `${this.#path(key)}?fieldManager=${fieldManager}&force=false${dryRun ? '&dryRun=All' : ''}`,
        { body, contentType: 'application/apply-patch+yaml' },
      )
      .catch(error => this.#refused(key, error));
  }

  #refused(key: ObjectKey, error: unknown): never {
    if (!(error instanceof ClusterResponseError)) throw error;
    // Other rights than those for images are needed.
    if (error.status === 403)
      throw inWords(error, this.place, 'rbac-manifests.yaml');
    // The API server takes what does not fit a kind for a fault of its own.
    const [, misfit] =
      /^failed to create typed patch object[^:]*: (.*)$/s.exec(error.message) ??
      [];
    throw misfit ? new InputError(`${titleOf(key)}: ${misfit}`) : error;
  }

  #path({ apiVersion, kind, name }: ObjectKey): string {
    const known = manifestKinds.find(
      one => one.kind === kind && one.apiVersion === apiVersion,
    );
    if (!known) throw new Error(`${kind} of ${apiVersion} is not known here`);
    const root = apiVersion === 'v1' ? 'api' : 'apis';
    return `${root}/${apiVersion}/namespaces/${this.place.namespace}/${known.plural}/${name}`;
  }

  #mustBeOurs(key: ObjectKey, live: KubernetesObject | undefined): void {
    if (!live) return;
    const {
      annotations: notes,
      labels: worn,
      managedFields,
    } = live.metadata ?? {};
    const target = worn?.[labels.target];
    if (target === this.identity.id) return;
    const { namespace } = this.place;
    const owners = new Set(
      (managedFields ?? []).flatMap(({ manager }) =>
        manager ? [manager] : [],
      ),
    );
    throw new ConflictError(
      target
        ? `${titleOf(key)} in namespace ${namespace} is of another component or environment (${notes?.[annotations.component] ?? 'unknown'} in ${notes?.[annotations.environment] ?? 'unknown'}); give one of the two another name`
        : `${titleOf(key)} in namespace ${namespace} was not made by Slipway${owners.size ? ` (managed by ${[...owners].join(', ')})` : ''} and is left as it is; remove or rename it, or use another namespace`,
    );
  }
}

function withStamp(
  { body }: ManifestObject,
  stamp: { generation: number; idempotencyKey: string },
  live: KubernetesObject | undefined,
): KubernetesObject {
  const { resourceVersion } = live?.metadata ?? {};
  return {
    ...body,
    metadata: {
      ...body.metadata,
      ...(resourceVersion && { resourceVersion }),
      annotations: {
        ...body.metadata?.annotations,
        [annotations.generation]: String(stamp.generation),
        [annotations.idempotencyKey]: stamp.idempotencyKey,
      },
    },
  };
}

function orUndefined(error: unknown): undefined {
  if (error instanceof ClusterResponseError && error.status === 404)
    return undefined;
  throw error;
}

import {
  PatchStrategy,
  setHeaderOptions,
  type V1Deployment,
  type V1LabelSelector,
  type V1ObjectMeta,
  type V1Service,
} from '@kubernetes/client-node';
import { ConflictError, InputError } from '@backstage/errors';
import {
  annotations,
  type ClusterClient,
  ClusterResponseError,
  labels,
  type OwnWrites,
  type TargetIdentity,
  watchedServices,
} from '@slipway/backstage-plugin-kubernetes-node';
import type { Snapshot } from '../plan/Snapshot';
import { chooseRollout } from './chooseRollout';
import {
  type Rollout,
  rollouts,
  type RolloutStatus,
  type StrategyType,
} from './rollout';
import type { TargetSettings } from './targetSettings';

/** Whom the API server knows as the owner of the fields that we set. */
const fieldManager = 'slipway';

const serverSideApply = setHeaderOptions(
  'Content-Type',
  PatchStrategy.ServerSideApply,
);
const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

/**
 * The objects of one target, in its namespace. Every write names the state that it was decided on, so that of two
 * writers one loses. Errors are `ClusterResponseError`s, and `ConflictError` and `InputError` for objects that are not ours.
 */
export class RolloutObjects {
  constructor(
    private readonly client: ClusterClient,
    private readonly settings: TargetSettings,
    private readonly identity: TargetIdentity,
    private readonly written: OwnWrites,
  ) {}

  async read(): Promise<Snapshot> {
    const { client, identity, settings } = this;
    const { namespace } = settings;
    const ofTarget = `${labels.target}=${identity.id}`;
    const chosen = chooseRollout(
      await this.#readRollouts(),
      identity,
      settings,
    );
    const labelSelector = chosen
      ? selectorText(chosen.rollout.spec?.selector)
      : ofTarget;
    const [replicaSets, pods, deployments, services] = await Promise.all([
      client.apps.listNamespacedReplicaSet({ namespace, labelSelector }),
      client.core.listNamespacedPod({ namespace, labelSelector }),
      client.apps.listNamespacedDeployment({
        namespace,
        labelSelector: ofTarget,
      }),
      client.core.listNamespacedService({ namespace, labelSelector: ofTarget }),
    ]);
    const uid = chosen?.rollout.metadata?.uid;
    const named = (name: string) =>
      services.items.find(({ metadata }) => metadata?.name === name);
    return {
      rollout: chosen?.rollout,
      isFollowed: chosen?.isFollowed ?? false,
      replicaSets: replicaSets.items.filter(({ metadata }) =>
        metadata?.ownerReferences?.some(owner => owner.uid === uid),
      ),
      pods: pods.items,
      deployments: deployments.items,
      service: named(identity.name),
      preview: named(identity.previewName),
    };
  }

  async #readRollouts(): Promise<Rollout[]> {
    const { cluster, namespace } = this.settings;
    const list = await this.client.custom
      .listNamespacedCustomObject({ ...rollouts, namespace })
      .catch(async (error: unknown) => {
        if (!(error instanceof ClusterResponseError) || error.status !== 404)
          throw error;
        // Of an unknown cluster it is said in the same way; this fails there too.
        await this.client.core.listNamespacedPod({ namespace, limit: 1 });
        throw new InputError(
          `Cluster '${cluster}' does not serve ${rollouts.group}/${rollouts.version} Rollout; install Argo Rollouts there, or let the environment use the runtime 'kubernetes'`,
        );
      });
    return (list as { items: Rollout[] }).items;
  }

  async applyRollout(
    rollout: Rollout,
    options: {
      idempotencyKey: string;
      /** Of what was read; absent for one that is not there yet. */
      resourceVersion?: string;
      dryRun?: boolean;
    },
  ): Promise<Rollout> {
    const { metadata } = rollout;
    const { dryRun, idempotencyKey, resourceVersion } = options;
    const stored: Rollout =
      await this.client.custom.patchNamespacedCustomObject(
        {
          ...this.#at(metadata?.name),
          body: {
            ...rollout,
            metadata: {
              ...metadata,
              ...(resourceVersion && { resourceVersion }),
              annotations: {
                ...metadata?.annotations,
                [annotations.idempotencyKey]: idempotencyKey,
              },
            },
          },
          ...applied(options),
        },
        serverSideApply,
      );
    return dryRun ? stored : this.#noted(rollouts.plural, stored);
  }

  /** Server-side apply leaves a null in its place (Kubernetes 1.20), which the kind does not take. */
  async removeStrategy(
    { metadata }: Rollout,
    type: StrategyType,
  ): Promise<Rollout> {
    const stored: Rollout =
      await this.client.custom.patchNamespacedCustomObject(
        {
          ...this.#at(metadata?.name),
          body: {
            metadata: { resourceVersion: metadata?.resourceVersion },
            spec: { strategy: { [type]: null } },
          },
          fieldManager,
        },
        mergePatch,
      );
    return this.#noted(rollouts.plural, stored);
  }

  /** As `kubectl argo rollouts` does: the controller acts on what it finds in its own status. */
  async patchStatus(
    { metadata }: Rollout,
    status: RolloutStatus,
  ): Promise<void> {
    const stored = await this.client.custom.patchNamespacedCustomObjectStatus(
      {
        ...this.#at(metadata?.name),
        body: {
          metadata: { resourceVersion: metadata?.resourceVersion },
          status,
        },
        fieldManager,
      },
      mergePatch,
    );
    this.#noted(rollouts.plural, stored as Rollout);
  }

  async scale({ metadata }: Rollout, copies: number): Promise<void> {
    const owner = (metadata?.managedFields ?? []).find(
      ({ fieldsV1, manager, operation }) =>
        operation === 'Apply' &&
        manager !== fieldManager &&
        'f:replicas' in
          ((fieldsV1 as { 'f:spec'?: object } | undefined)?.['f:spec'] ?? {}),
    )?.manager;
    const name = metadata?.name ?? '';
    if (owner)
      throw new ConflictError(
        `Rollout ${name} shall have ${copies} copies, but .spec.replicas belongs to ${owner}. Nothing was overwritten. Take the field out of what ${owner} applies, then try again`,
      );
    // Not by the scale subresource, which there is none of as long as nobody has written a number. Nor is it applied: by
    // that it would be ours, and no autoscaler's.
    const stored = await this.client.custom.patchNamespacedCustomObject(
      {
        ...this.#at(name),
        fieldManager,
        body: {
          metadata: { resourceVersion: metadata?.resourceVersion },
          spec: { replicas: copies },
        },
      },
      mergePatch,
    );
    this.#noted(rollouts.plural, stored as Rollout);
  }

  async applyService(
    service: V1Service,
    options: { dryRun?: boolean } = {},
  ): Promise<V1Service> {
    const { client } = this;
    const name = service.metadata?.name ?? '';
    const { namespace } = this.settings;
    if (!service.metadata?.resourceVersion) await this.#mustBeFree(name);
    const stored = await client.core.patchNamespacedService(
      { name, namespace, body: service, ...applied(options) },
      serverSideApply,
    );
    return options.dryRun
      ? stored
      : this.#noted(watchedServices.plural, stored);
  }

  /** Changes nothing but what is named. */
  async patchService(
    { metadata }: V1Service,
    patch: {
      annotations?: Record<string, string>;
      selector?: Record<string, string | null>;
    },
  ): Promise<void> {
    const stored = await this.client.core.patchNamespacedService(
      {
        name: metadata?.name ?? '',
        namespace: this.settings.namespace,
        body: {
          metadata: {
            resourceVersion: metadata?.resourceVersion,
            ...(patch.annotations && { annotations: patch.annotations }),
          },
          ...(patch.selector && { spec: { selector: patch.selector } }),
        },
        fieldManager,
      },
      mergePatch,
    );
    this.#noted(watchedServices.plural, stored);
  }

  async removeRollout({ metadata }: Rollout): Promise<void> {
    await this.client.custom
      .deleteNamespacedCustomObject({
        ...this.#at(metadata?.name),
        body: {
          propagationPolicy: 'Background',
          preconditions: {
            uid: metadata?.uid,
            resourceVersion: metadata?.resourceVersion,
          },
        },
      })
      .catch(orUndefined);
  }

  async removeService({ metadata }: V1Service): Promise<void> {
    await this.client.core
      .deleteNamespacedService({
        name: metadata?.name ?? '',
        namespace: this.settings.namespace,
        body: { preconditions: { uid: metadata?.uid } },
      })
      .catch(orUndefined);
  }

  #noted<T extends { metadata?: { resourceVersion?: string } }>(
    kind: string,
    stored: T,
  ): T {
    this.written.note(this.identity.id, kind, stored.metadata?.resourceVersion);
    return stored;
  }

  #at(name = '') {
    return { ...rollouts, namespace: this.settings.namespace, name };
  }

  async #mustBeFree(name: string): Promise<void> {
    const { client, identity } = this;
    const { namespace } = this.settings;
    const found = await client.core
      .readNamespacedService({ name, namespace })
      .catch(orUndefined);
    if (!found || found.metadata?.labels?.[labels.target] === identity.id)
      return;
    throw new ConflictError(
      `Service ${name} in namespace ${namespace} ${madeBy(found.metadata)} and is left as it is; remove or rename it, or use another namespace`,
    );
  }
}

function madeBy(metadata: V1ObjectMeta | undefined): string {
  const { component, environment } = annotations;
  if (metadata?.labels?.[labels.target])
    return `is of another component or environment (${metadata.annotations?.[component] ?? 'unknown'} in ${metadata.annotations?.[environment] ?? 'unknown'})`;
  const managers = new Set(
    (metadata?.managedFields ?? []).flatMap(({ manager }) =>
      manager ? [manager] : [],
    ),
  );
  return `was not made by Slipway${managers.size ? ` (managed by ${[...managers].join(', ')})` : ''}`;
}

/** Two drivers would fight for the same traffic. */
export function mustBeUndriven(
  deployments: V1Deployment[],
  namespace: string,
): void {
  const [first] = deployments;
  if (!first) return;
  const name = first.metadata?.name;
  throw new ConflictError(
    `Deployment ${name} in namespace ${namespace} runs the same component in the same environment, made by the runtime 'kubernetes'. To move to Argo Rollouts, delete it (kubectl delete deployment ${name} -n ${namespace}; what it serves is away until the next rollout is through); else set spec.runtime of the environment back to 'kubernetes'`,
  );
}

function applied({ dryRun }: { dryRun?: boolean }) {
  return { fieldManager, force: false, ...(dryRun && { dryRun: 'All' }) };
}

/** A selector as lists take it. */
function selectorText({
  matchExpressions = [],
  matchLabels = {},
}: V1LabelSelector = {}): string {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'Exists':
          return key;
        case 'DoesNotExist':
          return `!${key}`;
        default:
          return `${key} ${operator.toLowerCase()} (${values.join(',')})`;
      }
    }),
  ].join(',');
}

function orUndefined(error: unknown): undefined {
  if (error instanceof ClusterResponseError && error.status === 404)
    return undefined;
  throw error;
}

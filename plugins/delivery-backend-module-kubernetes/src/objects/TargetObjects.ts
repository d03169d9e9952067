import {
  PatchStrategy,
  setHeaderOptions,
  type V1Deployment,
  type V1ObjectMeta,
  type V1Service,
} from '@kubernetes/client-node';
import { ConflictError } from '@backstage/errors';
import {
  annotations,
  type ClusterClient,
  ClusterResponseError,
  labels,
  LostRaceError,
  nameOf,
  type TargetIdentity,
  type OwnWrites,
} from '@slipway/backstage-plugin-kubernetes-node';
import type { HttpRoute } from './httpRoute';

/** Whom the API server knows as the owner of the fields that we set. */
export const fieldManager = 'slipway';

const httpRoutes = {
  group: 'gateway.networking.k8s.io',
  version: 'v1',
  plural: 'httproutes',
};

const serverSideApply = setHeaderOptions(
  'Content-Type',
  PatchStrategy.ServerSideApply,
);

/**
 * Writes the objects of one target, in its namespace. Every write names the state that it was decided on, so that of two
 * writers one loses. Errors are `ClusterResponseError`s, and `ConflictError` for objects that are not ours.
 */
export class TargetObjects {
  constructor(
    private readonly client: ClusterClient,
    private readonly namespace: string,
    private readonly identity: TargetIdentity,
    private readonly written: OwnWrites,
  ) {}

  async applyService(
    service: V1Service,
    { dryRun = false } = {},
  ): Promise<V1Service> {
    const { client, namespace } = this;
    const name = nameOf(service);
    if (!service.metadata?.resourceVersion)
      await this.#mustBeFree('Service', name, dryRun, () =>
        client.core.readNamespacedService({ name, namespace }),
      );
    const answer = await client.core.patchNamespacedService(
      { name, namespace, body: service, ...applied(dryRun) },
      serverSideApply,
    );
    if (!dryRun) this.#note('services', answer);
    return answer;
  }

  async applyDeployment(
    deployment: V1Deployment,
    { dryRun = false } = {},
  ): Promise<V1Deployment> {
    const { client, namespace } = this;
    const name = nameOf(deployment);
    if (!deployment.metadata?.resourceVersion)
      await this.#mustBeFree('Deployment', name, dryRun, () =>
        client.apps.readNamespacedDeployment({ name, namespace }),
      );
    const answer = await client.apps.patchNamespacedDeployment(
      { name, namespace, body: deployment, ...applied(dryRun) },
      serverSideApply,
    );
    if (!dryRun) this.#note('deployments', answer);
    return answer;
  }

  /**
   * Writes the rules, which are one field to the API server. What somebody has only written is written anew; what somebody
   * else has declared by server-side apply is theirs, unless we are told to take it over.
   */
  async applyHttpRoute(
    { metadata, spec }: HttpRoute,
    { dryRun = false, takeOver }: { dryRun?: boolean; takeOver: boolean },
  ): Promise<HttpRoute> {
    const { namespace } = this;
    const name = metadata?.name ?? '';
    const owner = declarerOf(metadata, 'f:rules');
    if (owner && !takeOver)
      throw new ConflictError(
        `A canary sets weights in the rules of HTTPRoute ${name}, but .spec.rules belongs to ${owner}. Nothing was overwritten. Name the route as spec.target.httpRoute of the environment to let Slipway take its rules over, and let ${owner} leave them alone from then on`,
      );
    const answer = await this.client.custom.patchNamespacedCustomObject(
      {
        ...httpRoutes,
        name,
        namespace,
        body: {
          apiVersion: `${httpRoutes.group}/${httpRoutes.version}`,
          kind: 'HTTPRoute',
          metadata: {
            name,
            namespace,
            resourceVersion: metadata?.resourceVersion,
          },
          spec: { rules: spec?.rules },
        },
        ...applied(dryRun),
        force: true,
      },
      serverSideApply,
    );
    if (!dryRun) this.#note('httproutes', answer as HttpRoute);
    return answer;
  }

  async scale(deployment: V1Deployment, replicas: number): Promise<void> {
    const name = nameOf(deployment);
    const owner = declarerOf(deployment.metadata, 'f:replicas');
    if (owner)
      throw new ConflictError(
        `Deployment ${name} shall have ${replicas} copies, but .spec.replicas belongs to ${owner}. Nothing was overwritten. Take the field out of what ${owner} applies, then try again`,
      );
    const scale = await this.client.apps.replaceNamespacedDeploymentScale({
      name,
      namespace: this.namespace,
      fieldManager,
      body: {
        apiVersion: 'autoscaling/v1',
        kind: 'Scale',
        metadata: {
          name,
          namespace: this.namespace,
          resourceVersion: deployment.metadata?.resourceVersion,
        },
        spec: { replicas },
      },
    });
    this.#note('deployments', scale);
  }

  async removeDeployment({ metadata }: V1Deployment): Promise<void> {
    await unlessGone(
      this.client.apps.deleteNamespacedDeployment({
        name: metadata?.name ?? '',
        namespace: this.namespace,
        body: {
          propagationPolicy: 'Background',
          preconditions: {
            uid: metadata?.uid,
            resourceVersion: metadata?.resourceVersion,
          },
        },
      }),
    );
  }

  async removeService({ metadata }: V1Service): Promise<void> {
    await unlessGone(
      this.client.core.deleteNamespacedService({
        name: metadata?.name ?? '',
        namespace: this.namespace,
        body: {
          preconditions: {
            uid: metadata?.uid,
            resourceVersion: metadata?.resourceVersion,
          },
        },
      }),
    );
  }

  #note(
    kind: 'deployments' | 'httproutes' | 'services',
    { metadata }: { metadata?: V1ObjectMeta },
  ): void {
    this.written.note(this.identity.id, kind, metadata?.resourceVersion);
  }

  async #mustBeFree(
    kind: string,
    name: string,
    dryRun: boolean,
    read: () => Promise<{ metadata?: V1ObjectMeta }>,
  ): Promise<void> {
    const { identity, namespace } = this;
    const found = await read().catch(orUndefined);
    const target = found?.metadata?.labels?.[labels.target];
    if (!found || (dryRun && target === identity.id)) return;
    if (target === identity.id)
      throw new LostRaceError(`${kind} ${name} has just been made`);
    const owners = new Set(
      (found.metadata?.managedFields ?? []).flatMap(({ manager }) =>
        manager ? [manager] : [],
      ),
    );
    throw new ConflictError(
      target
        ? `${kind} ${name} in namespace ${namespace} is of another component or environment (${found.metadata?.annotations?.[annotations.component] ?? 'unknown'} in ${found.metadata?.annotations?.[annotations.environment] ?? 'unknown'}); give each environment a namespace of its own`
        : `${kind} ${name} in namespace ${namespace} was not made by Slipway${owners.size ? ` (managed by ${[...owners].join(', ')})` : ''} and is left as it is; remove or rename it, or use another namespace`,
    );
  }
}

function applied(dryRun: boolean) {
  return { fieldManager, force: false, ...(dryRun && { dryRun: 'All' }) };
}

/** Who has declared a field of the spec by server-side apply, other than we. */
function declarerOf(metadata: V1ObjectMeta | undefined, field: string) {
  return (metadata?.managedFields ?? []).find(
    ({ fieldsV1, manager, operation }) =>
      operation === 'Apply' &&
      manager !== fieldManager &&
      field in
        ((fieldsV1 as { 'f:spec'?: object } | undefined)?.['f:spec'] ?? {}),
  )?.manager;
}

function orUndefined(error: unknown): undefined {
  if (error instanceof ClusterResponseError && error.status === 404)
    return undefined;
  throw error;
}

async function unlessGone(deletion: Promise<unknown>): Promise<void> {
  await deletion.catch(orUndefined);
}

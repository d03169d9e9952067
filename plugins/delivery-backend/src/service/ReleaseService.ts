import { ConflictError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  type AllowedActions,
  type CreateReleaseRequest,
  type Release,
  releaseCreatePermission,
  releaseReadPermission,
  releaseRejectPermission,
  type ReleaseRejection,
  releaseUnrejectPermission,
  rolloutCreatePermission,
} from '@slipway/backstage-plugin-delivery-common';
import {
  actorOf,
  allowedUnless,
  askVendor,
  type Authorizer,
  type Caller,
  FieldError,
  jsonDigest,
  type Mutations,
  type PageOf,
  refusal,
  type VisibleComponents,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine } from '@slipway/workflow-engine';
import { randomUUID } from 'node:crypto';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
} from '../catalog/CatalogReader';
import { ReleaseDependencyStore } from '../database/ReleaseDependencyStore';
import { ReleaseStore } from '../database/ReleaseStore';
import {
  dependenciesSummary,
  inOrder,
  type KnownDependencies,
} from '../domain/release/dependencies';
import { readSbom } from '../domain/release/readSbom';
import {
  RELEASE_WORKFLOW,
  type ReleaseCommand,
  type ReleaseDocument,
} from '../domain/release/releaseWorkflow';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';
import type { ReleaseRejections } from './ReleaseRejections';

// Asking a package registry for one version takes seconds; longer than this it is not coming.
const resolveTimeoutMs = 60_000;

/** Records and shows releases. */
export class ReleaseService {
  constructor(
    private readonly options: {
      engine: Engine;
      store: ReleaseStore;
      rejections: ReleaseRejections;
      catalog: CatalogReader;
      registry: DeliveryRegistry;
      authorizer: Authorizer;
      mutations: Mutations;
      now: () => number;
      visibleComponents: VisibleComponents<ComponentFacts>;
    },
  ) {}

  /** Answers the release, and whether it was there already. */
  async create(
    request: CreateReleaseRequest,
    caller: Caller,
  ): Promise<{ release: Release; existed: boolean }> {
    const { mutations, catalog, authorizer, store } = this.options;
    const componentRef = canonicalRef(request.componentRef);
    return mutations.audited(
      caller,
      {
        eventId: 'release-create',
        severityLevel: 'medium',
        meta: { componentRef, version: request.version },
      },
      async () => {
        const component = await catalog.component(
          componentRef,
          caller.credentials,
        );
        if (!component)
          throw new FieldError([
            {
              pointer: '/componentRef',
              detail: `there is no component ${componentRef} in the catalog`,
            },
          ]);
        await authorizer.requireFor(
          releaseCreatePermission,
          component,
          caller.credentials,
          `release ${component.title}`,
        );
        const operation = { name: 'release.create', request };
        let existed = false;
        const create = async () => {
          const { content, dependencies } = await this.resolve(
            component,
            request,
          );
          return mutations.once(caller, operation, async tx => {
            const before = await store.find(componentRef, request.version, tx);
            if (before) {
              if (before.digest !== content.digest)
                throw new ConflictError(
                  `Version ${request.version} of ${componentRef} was released with other content (${before.digest}); releases never change, use another version`,
                );
              existed = true;
              return before.id;
            }
            const release: ReleaseDocument = {
              ...content,
              id: randomUUID(),
              createdAt: new Date(this.options.now()).toISOString(),
              createdBy: actorOf(caller).id,
            };
            await this.options.engine.startRun({
              type: RELEASE_WORKFLOW,
              id: release.id,
              command: { type: 'create', release },
              actor: actorOf(caller),
              tx,
            });
            if (dependencies)
              await ReleaseDependencyStore.insert(tx, release.id, dependencies);
            return release.id;
          });
        };
        const { resultId, replayed } = await mutations.idempotent(
          caller,
          operation,
          create,
        );
        return {
          release: await this.shown(resultId, component, caller),
          existed: existed || replayed,
        };
      },
    );
  }

  /** Marks a release as bad, which also ends its rollouts that are under way, or takes that back. */
  async judge(
    id: string,
    verdict: 'reject' | 'unreject',
    reason: string,
    caller: Caller,
  ): Promise<Release> {
    const { authorizer, catalog, engine, mutations, rejections, store } =
      this.options;
    return mutations.audited(
      caller,
      {
        eventId: 'release-judge',
        severityLevel: 'high',
        meta: { releaseId: id, verdict },
      },
      async () => {
        const release = await store.get(id);
        const component =
          release &&
          (await catalog.component(release.componentRef, caller.credentials));
        if (!release || !component)
          throw new NotFoundError(`There is no release '${id}'`);
        await authorizer.requireFor(
          verdict === 'reject'
            ? releaseRejectPermission
            : releaseUnrejectPermission,
          component,
          caller.credentials,
          `${verdict} releases of ${component.title}`,
        );
        await mutations.once(
          caller,
          { name: 'release.judge', request: { id, verdict, reason } },
          async tx => {
            if (verdict === 'reject')
              await rejections.reject(release, reason, caller, tx);
            else
              await engine.submit<ReleaseCommand>({
                runId: id,
                command: { type: verdict, by: actorOf(caller).id, reason },
                actor: actorOf(caller),
                tx,
              });
            return id;
          },
        );
        return this.shown(id, component, caller);
      },
    );
  }

  private async shown(
    id: string,
    component: ComponentFacts,
    caller: Caller,
  ): Promise<Release> {
    const stored = await this.options.store.get(id);
    if (!stored) throw new NotFoundError(`Release ${id} is gone`);
    return this.withActions(stored, component, caller);
  }

  private async resolve(
    { ref: componentRef, sourceLocation }: ComponentFacts,
    request: CreateReleaseRequest,
  ): Promise<{
    content: Omit<ReleaseDocument, 'id' | 'createdAt' | 'createdBy'>;
    dependencies?: KnownDependencies;
  }> {
    const { registry } = this.options;
    const billed: KnownDependencies | undefined = request.sbom && {
      source: 'sbom',
      items: readSbom(request.sbom as JsonObject),
    };
    const spec = request.artifact.spec as JsonObject;
    if (
      !registry.artifactKinds.some(({ kind }) => kind === request.artifact.kind)
    )
      throw new FieldError([
        {
          pointer: '/artifact/kind',
          detail: `unknown; known: ${registry.artifactKinds.map(({ kind }) => kind).join(', ') || 'none is installed'}`,
        },
      ]);
    const problem = registry.artifact(request.artifact.kind, spec);
    if (problem)
      throw new FieldError([{ pointer: '/artifact/spec', detail: problem }]);
    const kind = registry.getArtifactKind(request.artifact.kind);
    const { dependencies: ofArtifact, ...artifact } = await askVendor(
      kind.title,
      () =>
        kind.resolve(spec, {
          component: {
            ref: componentRef,
            ...(sourceLocation && { sourceLocation }),
          },
          ...(request.artifact.digest && {
            expectedDigest: request.artifact.digest,
          }),
          signal: AbortSignal.timeout(resolveTimeoutMs),
        }),
      '/artifact',
    );
    const expected = request.artifact.digest;
    if (expected && artifact.digest !== expected)
      throw new FieldError([
        {
          pointer: '/artifact/digest',
          detail: `is not that of what was found, ${artifact.digest}`,
        },
      ]);
    const requested = {
      values: request.configuration?.values ?? {},
      environmentValues: request.configuration?.environmentValues ?? {},
      secretRefs: request.configuration?.secretRefs ?? {},
    };
    const values = registry.configurationProvider
      ? await registry.configurationProvider.snapshot({
          componentRef,
          version: request.version,
          requested,
        })
      : requested;
    const content = {
      componentRef,
      version: request.version,
      artifact,
      configuration: { ...values, digest: jsonDigest(values) },
      health: request.health ?? {},
      provenance: request.provenance ?? {},
    };
    const dependencies =
      billed ??
      (ofArtifact && { ...ofArtifact, items: inOrder(ofArtifact.items) });
    const summary = dependencies && dependenciesSummary(dependencies);
    return {
      content: {
        ...content,
        // What is read from the artifact follows from its digest; a bill of materials is somebody's word.
        digest: jsonDigest(billed ? { ...content, sbom: summary } : content),
        ...(summary && { dependencies: summary }),
        ...(request.notes && { notes: request.notes }),
      },
      ...(dependencies && { dependencies }),
    };
  }

  async get(id: string, caller: Caller): Promise<Release> {
    await this.options.authorizer.require(
      releaseReadPermission,
      caller.credentials,
    );
    const release = await this.options.store.get(id);
    const component =
      release &&
      (await this.options.catalog.component(
        release.componentRef,
        caller.credentials,
      ));
    if (!release || !component)
      throw new NotFoundError(`There is no release '${id}'`);
    return this.withActions(release, component, caller);
  }

  async list(
    query: {
      componentRef?: string;
      version?: string;
      descending: boolean;
      cursor?: string;
      limit: number;
    },
    caller: Caller,
  ): Promise<PageOf<Release>> {
    const { authorizer, store, visibleComponents } = this.options;
    const [{ page, components }, actions] = await Promise.all([
      visibleComponents.page(
        {
          componentRef: query.componentRef && canonicalRef(query.componentRef),
          credentials: caller.credentials,
        },
        scope => store.list({ ...query, scope }),
      ),
      this.actions(caller),
      authorizer.require(releaseReadPermission, caller.credentials),
    ]);
    return {
      ...page,
      items: page.items.map(release => ({
        ...release,
        allowedActions: actions(release, components.get(release.componentRef)),
      })),
    };
  }

  private async withActions(
    release: ReleaseDocument,
    component: ComponentFacts,
    caller: Caller,
  ): Promise<Release> {
    const actions = await this.actions(caller);
    return { ...release, allowedActions: actions(release, component) };
  }

  /** `deploy` is allowed when there is an environment that the caller may deploy the component to. */
  private async actions(
    caller: Caller,
  ): Promise<
    (
      release: ReleaseDocument,
      component: ComponentFacts | undefined,
    ) => AllowedActions
  > {
    const { authorizer, catalog } = this.options;
    const [[mayDeploy, mayReject, mayUnreject], environments] =
      await Promise.all([
        authorizer.checks(
          [
            rolloutCreatePermission,
            releaseRejectPermission,
            releaseUnrejectPermission,
          ],
          caller.credentials,
        ),
        catalog.environments(caller.credentials),
      ]);
    return ({ rejection }, component) => {
      const allowed = environments.some(({ tier }) =>
        mayDeploy({ ownerRef: component?.ownerRef, tier }),
      );
      return {
        deploy: allowedUnless(
          allowed ? rejected(rejection) : refusal(rolloutCreatePermission),
        ),
        reject: allowedUnless(
          mayReject({ ownerRef: component?.ownerRef })
            ? rejected(rejection)
            : refusal(releaseRejectPermission),
        ),
        unreject: allowedUnless(
          mayUnreject({ ownerRef: component?.ownerRef })
            ? notRejected(rejection)
            : refusal(releaseUnrejectPermission),
        ),
      };
    };
  }
}

function rejected(rejection: ReleaseRejection | undefined): string | undefined {
  return rejection
    ? `The release was rejected by ${rejection.by}: ${rejection.reason}`
    : undefined;
}

function notRejected(
  rejection: ReleaseRejection | undefined,
): string | undefined {
  return rejection ? undefined : 'The release is not rejected.';
}

import type { AuthService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  PipelineStage,
  Strategy,
  Subject,
  Tier,
} from '@slipway/backstage-plugin-delivery-common';
import { jsonDigest } from '@slipway/backstage-plugin-slipway-node';
import type {
  CatalogReader,
  ComponentFacts,
  EnvironmentFacts,
} from '../../catalog/CatalogReader';
import type { DeploymentStore } from '../../database/DeploymentStore';
import type { ReleaseStore } from '../../database/ReleaseStore';
import type { RolloutStore } from '../../database/RolloutStore';
import type { WindowExceptionStore } from '../../database/WindowExceptionStore';
import type {
  GateFacts,
  UpstreamFacts,
  WindowFacts,
} from '../../domain/gates/facts';
import type { ApprovedException } from '../../domain/windows/exceptionsInForce';
import type { ReleaseDocument } from '../../domain/release/releaseWorkflow';
import type { GatedRequest } from '../../domain/rollout/effects';
import type { KnownIncidents } from '../incidents/KnownIncidents';
import type { GateAnalyses } from './GateAnalyses';
import type { GateDocuments, GatePipeline } from './GateDocuments';
import { policyInput } from './policyInput';

/** Reads what gates are judged by, as it is at this moment. Asks for nobody's permission: gates bind everybody. */
export class GateFactsReader {
  constructor(
    private readonly options: {
      analyses: GateAnalyses;
      auth: AuthService;
      catalog: CatalogReader;
      documents: GateDocuments;
      incidents: KnownIncidents;
      deployments: DeploymentStore;
      releases: ReleaseStore;
      rollouts: RolloutStore;
      windowExceptions: WindowExceptionStore;
      now: () => number;
    },
  ) {}

  /** Throws `NotFoundError` when the component, the environment or the release is gone. */
  async read(request: GatedRequest): Promise<GateFacts> {
    const { auth, catalog, releases } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const component = await catalog.component(
      request.componentRef,
      credentials,
    );
    if (!component)
      throw new NotFoundError(`${request.componentRef} is not in the catalog`);
    const environment = await catalog.environment(
      request.environmentRef,
      credentials,
    );
    if (!environment)
      throw new NotFoundError(
        `${request.environmentRef} is not in the catalog`,
      );
    const release = await releases.get(request.releaseId);
    if (!release)
      throw new NotFoundError(`There is no release '${request.releaseId}'`);
    return this.of({ ...request, component, environment, release });
  }

  /** The same for what has been found already. */
  async of(request: {
    component: ComponentFacts;
    environment: EnvironmentFacts;
    release: ReleaseDocument;
    strategy: Strategy;
    replicas: number;
    /** Set: nothing of the pipeline and no window holds it. */
    ungated?: boolean;
  }): Promise<GateFacts> {
    const { component, environment, release, ungated } = request;
    const { analyses, now } = this.options;
    const { pipeline, stage } = await this.placeOf(component, environment.ref);
    const windows = ungated
      ? undefined
      : await this.windows(component, environment);
    const gates = ungated ? [] : (stage?.gates ?? []);
    const upstream =
      pipeline && stage && gates.length
        ? await this.upstream(pipeline, stage, component, release)
        : [];
    return {
      subject: subjectOf(request, pipeline, stage),
      ...(pipeline &&
        stage && {
          pipeline: {
            name: pipeline.name,
            title: pipeline.title,
            digest: pipeline.digest,
            stage: stage.name,
          },
        }),
      gates,
      tier: environment.tier,
      ...(windows && { windows }),
      upstream: upstream.map(
        ({ environmentRef: _environmentRef, ...stageFacts }) => stageFacts,
      ),
      ...(gates.some(({ analysis }) => analysis) && {
        analyses: await analyses.measure(
          gates,
          {
            id: release.id,
            componentRef: component.ref,
            version: release.version,
          },
          upstream,
        ),
      }),
      authors: release.provenance.authors ?? [],
      ...(release.rejection && { rejection: release.rejection }),
      policy: gates.some(({ policy }) => policy)
        ? await policyInput(request, {
            upstream,
            rollouts: this.options.rollouts,
            incidents: (await this.options.incidents.of([component.ref])).in(
              component.ref,
              environment.name,
            ),
            now: now(),
          })
        : {},
    };
  }

  /** What windows say of a rollout that is under way there. Asks the catalog for nothing: that may have lost both. */
  async ongoing(target: {
    componentRef: string;
    environmentRef: string;
    tier: Tier;
  }): Promise<WindowFacts | undefined> {
    const { deployments, documents, now } = this.options;
    const deployment = await deployments.get(target);
    return documents.ongoingFor(
      { ...target, systemRef: deployment?.systemRef },
      now(),
      await this.exceptions(target),
    );
  }

  private async exceptions(target: {
    componentRef: string;
    environmentRef: string;
  }): Promise<ApprovedException[]> {
    const { now, windowExceptions } = this.options;
    const found = await windowExceptions.of(target, now());
    return found.map(({ id, approvedBy, windows, from, until }) => ({
      id,
      approvedBy,
      windows,
      start: Date.parse(from),
      end: Date.parse(until),
    }));
  }

  /** The stage of a component's pipeline that an environment is, if there is one. */
  async stageOf(
    component: ComponentFacts,
    environmentRef: string,
  ): Promise<PipelineStage | undefined> {
    return (await this.placeOf(component, environmentRef)).stage;
  }

  /** A component's pipeline, and the stage of it that an environment is. */
  async placeOf(
    component: ComponentFacts,
    environmentRef: string,
  ): Promise<{ pipeline?: GatePipeline; stage?: PipelineStage }> {
    const pipeline = await this.options.documents.pipelineFor(component);
    const stage = pipeline?.stages.find(
      ({ environment }) => environment === environmentRef,
    );
    return { pipeline, stage };
  }

  /** What windows say now of a change there; nothing where none fits. */
  async windows(
    component: ComponentFacts,
    environment: EnvironmentFacts,
  ): Promise<WindowFacts | undefined> {
    const target = {
      componentRef: component.ref,
      environmentRef: environment.ref,
    };
    return this.options.documents.windowsFor(
      { ...target, systemRef: component.systemRef, tier: environment.tier },
      this.options.now(),
      await this.exceptions(target),
    );
  }

  private async upstream(
    pipeline: GatePipeline,
    stage: PipelineStage,
    component: ComponentFacts,
    release: ReleaseDocument,
  ): Promise<Array<UpstreamFacts & { environmentRef: string }>> {
    const { deployments, rollouts } = this.options;
    return Promise.all(
      pipeline.stages
        .filter(({ name }) => stage.needs?.includes(name))
        .map(async before => {
          const key = {
            componentRef: component.ref,
            environmentRef: before.environment,
          };
          const deployment = await deployments.get(key);
          const { since, until } = await rollouts.lastRun({
            ...key,
            releaseId: release.id,
          });
          return {
            stage: before.name,
            environmentRef: before.environment,
            environmentName:
              deployment?.environmentName ??
              before.environment.split('/').pop() ??
              before.environment,
            ...(since !== undefined && { since }),
            ...(until !== undefined && { until }),
            health: deployment?.health ?? 'unknown',
          };
        }),
    );
  }
}

function subjectOf(
  {
    environment,
    release,
    strategy,
    replicas,
  }: Parameters<GateFactsReader['of']>[0],
  pipeline: GatePipeline | undefined,
  stage: PipelineStage | undefined,
): Subject {
  const parts = {
    artifact: release.artifact.digest,
    configuration: jsonDigest({
      configuration: release.configuration.digest,
      health: release.health,
    }),
    pipeline: jsonDigest({
      pipeline: stage ? pipeline?.digest : undefined,
      stage: stage?.name,
    }),
    target: jsonDigest({
      environment: environment.ref,
      tier: environment.tier,
      runtime: environment.runtime,
      settings: environment.settings,
      strategy,
      replicas,
    }),
  };
  return { ...parts, digest: jsonDigest(parts) };
}

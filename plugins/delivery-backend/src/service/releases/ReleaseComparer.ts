import {
  type DependencyComparison,
  type ReleaseComparison,
  releaseReadPermission,
} from '@slipway/backstage-plugin-delivery-common';
import {
  type Authorizer,
  type Caller,
  FieldError,
} from '@slipway/backstage-plugin-slipway-node';
import type {
  CatalogReader,
  EnvironmentFacts,
} from '../../catalog/CatalogReader';
import type { DeploymentStore } from '../../database/DeploymentStore';
import type { ReleaseDependencyStore } from '../../database/ReleaseDependencyStore';
import type { ReleaseStore } from '../../database/ReleaseStore';
import { compareDependencies } from '../../domain/release/dependencies';
import type { ReleaseDocument } from '../../domain/release/releaseWorkflow';
import { runReleaseOf } from '../../domain/release/runRelease';
import type { DeliveryRegistry } from '../../registry/DeliveryRegistry';
import type { CommitReader } from '../commits/CommitReader';
import { releaseCommits } from '../commits/releaseCommits';
import { releaseChange } from '../gates/releaseChange';
import { findComparedRelease } from './findComparedRelease';
import { manifestChanges } from './manifestChanges';

/** Tells what a release would change in an environment. Changes nothing. */
export class ReleaseComparer {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      catalog: CatalogReader;
      commits: CommitReader;
      dependencies: ReleaseDependencyStore;
      deployments: DeploymentStore;
      registry: DeliveryRegistry;
      releases: ReleaseStore;
    },
  ) {}

  async compare(
    releaseId: string,
    query: { environmentRef: string; fromReleaseId?: string },
    { credentials }: Caller,
  ): Promise<ReleaseComparison> {
    const { authorizer, deployments, releases } = this.options;
    await authorizer.require(releaseReadPermission, credentials);
    const {
      release: to,
      component,
      environment,
    } = await findComparedRelease(
      this.options,
      { releaseId, environmentRef: query.environmentRef },
      credentials,
    );
    const fromId =
      query.fromReleaseId ??
      (
        await deployments.get({
          componentRef: component.ref,
          environmentRef: environment.ref,
        })
      )?.release?.releaseId;
    const from = fromId === undefined ? undefined : await releases.get(fromId);
    if (
      query.fromReleaseId !== undefined &&
      from?.componentRef !== component.ref
    )
      throw new FieldError([
        {
          pointer: 'fromReleaseId',
          detail: `${component.title} has no release '${query.fromReleaseId}'`,
        },
      ]);
    const manifests = this.manifests(from, to, environment);
    const { commits } = this.options;
    return {
      change: releaseChange(from, to, environment.name),
      commits: await releaseCommits(from, to, component, commits),
      dependencies: await this.dependencies(from, to),
      ...(manifests && { manifests }),
    };
  }

  private async dependencies(
    from: ReleaseDocument | undefined,
    to: ReleaseDocument,
  ): Promise<DependencyComparison> {
    const summaries = {
      ...(from?.dependencies && { from: from.dependencies }),
      ...(to.dependencies && { to: to.dependencies }),
    };
    const reason = incomparable(from, to);
    if (!from || reason)
      return {
        comparable: false,
        ...(reason && { reason }),
        ...summaries,
        total: 0,
        items: [],
      };
    const known = await this.options.dependencies.of([from.id, to.id]);
    const nothing = { source: 'sbom' as const, items: [] };
    return {
      comparable: true,
      ...summaries,
      ...compareDependencies(
        known.get(from.id) ?? nothing,
        known.get(to.id) ?? nothing,
      ),
    };
  }

  private manifests(
    from: ReleaseDocument | undefined,
    to: ReleaseDocument,
    environment: EnvironmentFacts,
  ): ReleaseComparison['manifests'] {
    const runtime = this.options.registry.runtimes.find(
      ({ name }) => name === environment.runtime,
    );
    if (!runtime?.manifests) return undefined;
    const target = {
      componentRef: to.componentRef,
      environmentRef: environment.ref,
      environmentName: environment.name,
      settings: environment.settings,
    };
    const of = (release: ReleaseDocument | undefined) =>
      release && runtime.artifactKinds.includes(release.artifact.kind)
        ? runtime.manifests!(target, runReleaseOf(release, environment.name))
        : [];
    return manifestChanges(of(from), of(to));
  }
}

function incomparable(
  from: ReleaseDocument | undefined,
  to: ReleaseDocument,
): string | undefined {
  if (!from) return 'Nothing runs there that it could be compared with';
  const silent = [from, to].filter(({ dependencies }) => !dependencies);
  if (silent.length)
    return `Nobody has said what ${silent.map(({ version }) => version).join(' and ')} ${silent.length === 1 ? 'is' : 'are'} made of; give a bill of materials (sbom) with each release`;
  const [before, after] = [from, to].map(
    ({ dependencies }) => dependencies?.source,
  );
  return before === after
    ? undefined
    : `What they are made of is known from different sources (${from.version}: ${before}, ${to.version}: ${after})`;
}

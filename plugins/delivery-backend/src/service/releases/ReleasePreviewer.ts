import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type ManifestChange,
  type ReleasePreview,
  releaseReadPermission,
  type Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import type {
  DeliveryPreview,
  DeliveryRuntime,
  PreviewedObject,
} from '@slipway/backstage-plugin-delivery-node';
import {
  askVendor,
  type Authorizer,
  type Caller,
  VendorUnavailableError,
} from '@slipway/backstage-plugin-slipway-node';
import type { CatalogReader } from '../../catalog/CatalogReader';
import type { ReleaseStore } from '../../database/ReleaseStore';
import type { ReleaseDocument } from '../../domain/release/releaseWorkflow';
import { runReleaseOf } from '../../domain/release/runRelease';
import type { DeliveryRegistry } from '../../registry/DeliveryRegistry';
import { withRuntimeProblem } from '../DeploymentService';
import type { FoundTarget } from '../findTarget';
import type { GateFactsReader } from '../gates/GateFactsReader';
import type { DefaultStrategies } from '../strategies';
import { findComparedRelease } from './findComparedRelease';
import { manifestChange } from './manifestChanges';

/** For how long a person waits. */
const patienceMs = 10_000;

/** Asks runtimes what a release would change where it really runs. Changes nothing. */
export class ReleasePreviewer {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      catalog: CatalogReader;
      facts: Pick<GateFactsReader, 'stageOf'>;
      logger: LoggerService;
      registry: DeliveryRegistry;
      releases: ReleaseStore;
      strategies: DefaultStrategies;
    },
  ) {}

  /** What a runtime does not answer is unknown, and no error. */
  async preview(
    releaseId: string,
    query: { environmentRef: string; strategy?: keyof Strategy },
    { credentials }: Caller,
  ): Promise<ReleasePreview> {
    const { authorizer, registry } = this.options;
    await authorizer.require(releaseReadPermission, credentials);
    const found = await findComparedRelease(
      this.options,
      { releaseId, environmentRef: query.environmentRef },
      credentials,
    );
    const { environment, release } = found;
    const { problem } = withRuntimeProblem(environment, registry);
    if (problem) return unknown(problem);
    const runtime = registry.getRuntime(environment.runtime);
    if (!runtime.preview)
      return {
        state: 'none',
        reason: `${runtime.title} does not tell beforehand what would change`,
        items: [],
      };
    if (!runtime.artifactKinds.includes(release.artifact.kind))
      return unknown(
        `${runtime.title} does not run artifacts of kind '${release.artifact.kind}'`,
      );
    return this.#ask(
      runtime,
      found,
      query.strategy ?? (await this.#usualStrategy(found)),
    );
  }

  async #ask(
    runtime: DeliveryRuntime,
    { environment, release }: FoundTarget & { release: ReleaseDocument },
    strategy: keyof Strategy,
  ): Promise<ReleasePreview> {
    const signal = AbortSignal.timeout(patienceMs);
    const target = {
      componentRef: release.componentRef,
      environmentRef: environment.ref,
      environmentName: environment.name,
      settings: environment.settings,
    };
    try {
      const preview = await askVendor(runtime.title, () =>
        inTime(
          signal,
          runtime.preview?.(target, runReleaseOf(release, environment.name), {
            signal,
            strategy,
          }),
        ),
      );
      return preview ? known(preview) : unknown(tooLate(runtime));
    } catch (error) {
      const { logger } = this.options;
      const cause =
        error instanceof VendorUnavailableError ? error.reason : undefined;
      if (cause)
        logger.warn(
          `What ${release.version} would change in ${environment.ref} could not be asked: ${cause}`,
        );
      if (signal.aborted) return unknown(tooLate(runtime));
      return unknown(error instanceof Error ? error.message : String(error));
    }
  }

  async #usualStrategy({
    component,
    environment,
  }: FoundTarget): Promise<keyof Strategy> {
    const stage = await this.options.facts.stageOf(component, environment.ref);
    const strategy =
      stage?.strategy ?? this.options.strategies[environment.tier];
    const [name] = Object.keys(strategy) as Array<keyof Strategy>;
    return name;
  }
}

/** `undefined` when the signal is aborted first, whether a runtime heeds it or not. */
function inTime<T>(
  signal: AbortSignal,
  answer: Promise<T> | undefined,
): Promise<T | undefined> {
  const late = new Promise<undefined>(resolve => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return Promise.race([answer, late]);
}

function tooLate({ title }: DeliveryRuntime): string {
  return `${title} has not answered within ${patienceMs / 1000} seconds; try again later`;
}

function unknown(reason: string): ReleasePreview {
  return { state: 'unknown', reason, items: [] };
}

function known({ note, objects }: DeliveryPreview): ReleasePreview {
  return {
    state: 'known',
    ...(note && { note }),
    items: objects.filter(isChanged).map(changeOf),
  };
}

function isChanged({ after, before, conflicts }: PreviewedObject): boolean {
  return conflicts !== undefined || before !== after;
}

function changeOf(object: PreviewedObject): ManifestChange {
  const { after, before, conflicts, name } = object;
  return conflicts
    ? { name, change: 'changed', patch: '', conflicts }
    : manifestChange(name, before, after);
}

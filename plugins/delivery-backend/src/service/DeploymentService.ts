import { NotFoundError } from '@backstage/errors';
import {
  type AllowedActions,
  type Deployment,
  type DeliverySettings,
  deploymentReadPermission,
  type Environment,
  releaseCreatePermission,
  rollbackCreatePermission,
  rolloutControlPermission,
  rolloutCreatePermission,
  type Tier,
} from '@slipway/backstage-plugin-delivery-common';
import {
  allowedUnless,
  type Authorizer,
  type Caller,
  type PageOf,
  refusal,
  type TargetCheck,
  type VisibleComponents,
} from '@slipway/backstage-plugin-slipway-node';
import {
  canonicalRef,
  type CatalogReader,
  type EnvironmentFacts,
  type ComponentFacts,
} from '../catalog/CatalogReader';
import {
  type DeploymentRecord,
  type DeploymentStore,
  deploymentView,
} from '../database/DeploymentStore';
import type { RolloutStore } from '../database/RolloutStore';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';
import type { DefaultStrategies } from './strategies';

/** Of release, deploy, rollback and pin. */
const actionPermissions = [
  releaseCreatePermission,
  rolloutCreatePermission,
  rollbackCreatePermission,
  rolloutControlPermission,
];

/** Shows what runs where, and what may be done there. */
export class DeploymentService {
  constructor(
    private readonly options: {
      store: DeploymentStore;
      rollouts: RolloutStore;
      catalog: CatalogReader;
      registry: DeliveryRegistry;
      authorizer: Authorizer;
      strategies: DefaultStrategies;
      visibleComponents: VisibleComponents<ComponentFacts>;
    },
  ) {}

  async settings(caller: Caller): Promise<DeliverySettings> {
    const { authorizer, registry, strategies } = this.options;
    await authorizer.require(deploymentReadPermission, caller.credentials);
    return {
      runtimes: registry.runtimes.map(runtime => ({
        name: runtime.name,
        title: runtime.title,
        strategies: runtime.strategies,
      })),
      artifactKinds: registry.artifactKinds.map(({ kind, title, schema }) => ({
        kind,
        title,
        schema,
      })),
      analysisProviders: registry.providers.map(named),
      stepKinds: registry.stepKinds.map(named),
      defaultStrategies: strategies,
    };
  }

  async environments(caller: Caller): Promise<Environment[]> {
    const { authorizer, catalog, registry } = this.options;
    await authorizer.require(deploymentReadPermission, caller.credentials);
    const environments = await catalog.environments(caller.credentials);
    return environments.map(facts => {
      const { settings: _settings, ...environment } = withRuntimeProblem(
        facts,
        registry,
      );
      return environment;
    });
  }

  async list(
    query: {
      componentRef?: string;
      environmentRef?: string;
      owner?: string;
      system?: string;
      tier?: Tier;
      cursor?: string;
      limit: number;
    },
    caller: Caller,
  ): Promise<PageOf<Deployment>> {
    const { authorizer, store, visibleComponents } = this.options;
    const filter = {
      ...(query.owner && { ownerRef: canonicalRef(query.owner) }),
      ...(query.system && { systemRef: canonicalRef(query.system) }),
      ...(query.environmentRef && {
        environmentRef: canonicalRef(query.environmentRef),
      }),
      tier: query.tier,
      cursor: query.cursor,
      limit: query.limit,
    };
    const [{ page }, checks] = await Promise.all([
      visibleComponents.page(
        {
          componentRef: query.componentRef && canonicalRef(query.componentRef),
          credentials: caller.credentials,
        },
        scope => store.list({ ...filter, scope }),
      ),
      this.checks(caller),
      authorizer.require(deploymentReadPermission, caller.credentials),
    ]);
    const actions = await this.actions(page.items, checks);
    return {
      ...page,
      items: page.items.map(record => ({
        ...deploymentView(record),
        allowedActions: actions(record, record),
      })),
    };
  }

  /** What may be done to a component in an environment, whether it runs there yet or not. */
  async targetActions(
    query: { componentRef: string; environmentRef: string },
    caller: Caller,
  ): Promise<AllowedActions> {
    const { authorizer, catalog, registry, store } = this.options;
    await authorizer.require(deploymentReadPermission, caller.credentials);
    const key = {
      componentRef: canonicalRef(query.componentRef),
      environmentRef: canonicalRef(query.environmentRef),
    };
    const component = await catalog.component(
      key.componentRef,
      caller.credentials,
    );
    if (!component)
      throw new NotFoundError(`There is no component ${key.componentRef}`);
    const environment = await catalog.environment(
      key.environmentRef,
      caller.credentials,
    );
    if (!environment)
      throw new NotFoundError(`There is no environment ${key.environmentRef}`);
    const record = await store.get(key);
    const actions = await this.actions(
      record ? [record] : [],
      await this.checks(caller),
    );
    const { problem } = withRuntimeProblem(environment, registry);
    return actions(
      { ownerRef: component.ownerRef, tier: environment.tier },
      record,
      problem,
    );
  }

  private checks(caller: Caller): Promise<TargetCheck[]> {
    return this.options.authorizer.checks(
      actionPermissions,
      caller.credentials,
    );
  }

  private async actions(records: DeploymentRecord[], checks: TargetCheck[]) {
    const rollbacks = await this.options.rollouts.rollbacksAmong(
      records.flatMap(({ activeRolloutId }) => activeRolloutId ?? []),
    );
    return (
      target: Parameters<TargetCheck>[0],
      record: DeploymentRecord | undefined,
      problem?: string,
    ): AllowedActions => {
      const [release, deploy, rollback, pin] = checks.map((check, index) =>
        check(target) ? undefined : refusal(actionPermissions[index]),
      );
      return {
        release: allowedUnless(release),
        deploy: allowedUnless(deploy ?? problem ?? refusalToDeploy(record)),
        rollback: allowedUnless(
          rollback ?? refusalToRollBack(record, rollbacks),
        ),
        pin: allowedUnless(pin),
      };
    };
  }
}

/** An environment whose runtime is not installed says so. */
export function withRuntimeProblem(
  environment: EnvironmentFacts,
  registry: DeliveryRegistry,
): EnvironmentFacts {
  if (environment.problem) return environment;
  const known = registry.runtimes.some(
    ({ name }) => name === environment.runtime,
  );
  return known
    ? environment
    : {
        ...environment,
        problem: `The runtime '${environment.runtime}' is not installed in this portal.`,
      };
}

function refusalToDeploy(
  record: DeploymentRecord | undefined,
): string | undefined {
  return record?.activeRolloutId
    ? 'A rollout is under way there; abort it or wait until it has ended.'
    : undefined;
}

export const rollbackUnderWay =
  'A rollback is under way there already; wait until it has ended.';

function refusalToRollBack(
  record: DeploymentRecord | undefined,
  rollbacks: Set<string>,
): string | undefined {
  if (record?.activeRolloutId)
    return rollbacks.has(record.activeRolloutId) ? rollbackUnderWay : undefined;
  return record?.previousRelease
    ? undefined
    : 'There is no earlier release to go back to.';
}

function named<T extends { name: string; title: string; schema: unknown }>({
  name,
  title,
  schema,
}: T): Pick<T, 'name' | 'title' | 'schema'> {
  return { name, title, schema };
}

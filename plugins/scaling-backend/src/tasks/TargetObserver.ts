import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  ObservedTarget,
  ScalingProvider,
} from '@slipway/backstage-plugin-scaling-node';
import type { Knex } from 'knex';
import type {
  CatalogReader,
  ComponentFacts,
  EnvironmentFacts,
} from '../catalog/CatalogReader';
import { AutoscalerStore } from '../database/AutoscalerStore';
import { DemandStore } from '../database/DemandStore';
import { HistoryStore } from '../database/HistoryStore';
import { SourceStore } from '../database/SourceStore';
import { targetIdOf, TargetStore } from '../database/TargetStore';
import { withAutoscaler } from '../domain/autoscale/shown';
import { demandsOf } from '../domain/demand';
import { loadOf } from '../domain/summary';
import type { ProviderRegistry } from '../registry/ProviderRegistry';

/** A cluster that does not answer must not keep the others waiting for longer. */
const timeoutMs = 20_000;

/** Looks at every environment that a provider serves, and stores what it shows. */
export class TargetObserver {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogReader;
      knex: Knex;
      logger: LoggerService;
      now: () => number;
      registry: ProviderRegistry;
    },
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const { auth, catalog, knex, registry } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const served = (await catalog.environments(credentials)).flatMap(
      environment => {
        const provider = registry.forRuntime(environment.runtime);
        return provider ? [{ environment, provider }] : [];
      },
    );
    await knex.transaction(tx =>
      SourceStore.keepOnly(
        tx,
        served.map(({ environment }) => environment.ref),
      ),
    );
    if (!served.length) return;
    const components = await catalog.allComponents(credentials);
    await Promise.all(
      served.map(({ environment, provider }) =>
        this.#look(environment, provider, components, signal),
      ),
    );
  }

  async #look(
    environment: EnvironmentFacts,
    provider: ScalingProvider,
    components: ComponentFacts[],
    signal: AbortSignal,
  ): Promise<void> {
    const { knex, logger } = this.options;
    try {
      const seen = await provider.observe(environment, components, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      await this.#keep(environment, provider, components, seen);
    } catch (error) {
      const problem = toError(error).message;
      logger.warn(`${environment.name} did not show its replicas: ${problem}`);
      await knex.transaction(async tx => {
        await SourceStore.put(tx, sourceOf(environment, provider), { problem });
        await TargetStore.markUnknown(tx, environment.ref, problem);
      });
    }
  }

  async #keep(
    environment: EnvironmentFacts,
    provider: ScalingProvider,
    components: ComponentFacts[],
    seen: ObservedTarget[],
  ): Promise<void> {
    const { knex, now } = this.options;
    const at = now();
    const readAt = new Date(at).toISOString();
    const titles = new Map(components.map(({ ref, title }) => [ref, title]));
    await knex.transaction(async tx => {
      const ids = seen.map(target => targetIdOf(environment.ref, target));
      const shown = await AutoscalerStore.shown(tx, ids);
      for (const [index, observed] of seen.entries()) {
        const autoscaler = shown.get(ids[index]);
        const target = autoscaler
          ? withAutoscaler(observed, autoscaler)
          : observed;
        const id = await TargetStore.put(
          tx,
          {
            componentTitle:
              titles.get(target.componentRef) ?? target.componentRef,
            environmentRef: environment.ref,
            environmentName: environment.name,
            tier: environment.tier,
          },
          target,
          readAt,
        );
        // Where nobody knows how many there were, history has a gap.
        if (target.currentReplicas !== undefined)
          await HistoryStore.addLook(tx, id, {
            at,
            replicas: target.currentReplicas,
            load: loadOf(target),
          });
        await DemandStore.addLook(tx, id, at, demandsOf(target));
        await HistoryStore.addEvents(tx, id, target.events);
      }
      await TargetStore.markGone(tx, environment.ref, readAt);
      await SourceStore.put(tx, sourceOf(environment, provider), { readAt });
    });
  }
}

function sourceOf(environment: EnvironmentFacts, provider: ScalingProvider) {
  return {
    environmentRef: environment.ref,
    environmentName: environment.name,
    provider: provider.title,
  };
}

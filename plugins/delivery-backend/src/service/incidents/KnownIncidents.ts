import type { OpenIncident } from '@slipway/backstage-plugin-delivery-node';
import type { IncidentStore } from '../../database/IncidentStore';
import type { DeliveryRegistry } from '../../registry/DeliveryRegistry';

/** A source is asked every 30 seconds; what is older than this may be over, or have got worse. */
const patienceMs = 5 * 60_000;

/** What is wrong with a component in an environment. */
export interface IncidentsThere {
  /** False where there is no source, or one of them does not answer: then nobody knows what else is open. */
  known: boolean;
  open: OpenIncident[];
  /** Which sources do not answer, in words. */
  silent: string[];
}

/** Knows what is wrong now, as far as incident sources say. Asks none of them. */
export class KnownIncidents {
  constructor(
    private readonly options: {
      store: IncidentStore;
      registry: Pick<DeliveryRegistry, 'incidentSources'>;
      now: () => number;
    },
  ) {}

  /** What is wrong with some components, to be asked for by environment. */
  async of(componentRefs: string[]): Promise<{
    in(componentRef: string, environmentName: string): IncidentsThere;
  }> {
    const { now, registry, store } = this.options;
    const sources = registry.incidentSources;
    const [incidents, readAt] = sources.length
      ? await Promise.all([
          store.of(
            componentRefs,
            sources.map(({ name }) => name),
          ),
          store.readAt(),
        ])
      : [[], new Map<string, number>()];
    const silent = sources.flatMap(({ name, title }) => {
      const at = readAt.get(name);
      if (at !== undefined && now() - at < patienceMs) return [];
      return at === undefined
        ? `${title} has not answered yet`
        : `${title} has not answered since ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    });
    return {
      in: (componentRef, environmentName) => ({
        known: sources.length > 0 && silent.length === 0,
        open: incidents.filter(
          one =>
            one.componentRef === componentRef &&
            (one.environmentName === undefined ||
              one.environmentName === environmentName),
        ),
        silent,
      }),
    };
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { OpenIncident } from '@slipway/backstage-plugin-delivery-node';
import { canonicalRef } from '../catalog/CatalogReader';
import type { IncidentStore } from '../database/IncidentStore';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';

const timeoutMs = 20_000;
/** More at once is a flood of which nobody reads the end. */
const mostIncidents = 5000;
const longestTitle = 500;
const longestKey = 200;

/** Asks incident sources what is wrong, and keeps what they answer. */
export class IncidentWatch {
  constructor(
    private readonly options: {
      logger: LoggerService;
      now: () => number;
      registry: Pick<DeliveryRegistry, 'incidentSources'>;
      store: IncidentStore;
    },
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const { logger, now, registry, store } = this.options;
    await Promise.all(
      registry.incidentSources.map(async source => {
        try {
          const incidents = await source.open({
            signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
          });
          await store.replace(
            source.name,
            distinct(incidents.flatMap(checked)).slice(0, mostIncidents),
            new Date(now()).toISOString(),
          );
        } catch (error) {
          logger.warn(
            `${source.title} did not say what is open: ${error instanceof Error ? error.message : error}`,
          );
        }
      }),
    );
  }
}

/** What can be kept of an incident; nothing of one that names no component. */
function checked(incident: OpenIncident): OpenIncident[] {
  const since = Date.parse(incident.since);
  const componentRef = refOf(incident.componentRef);
  if (!componentRef || Number.isNaN(since)) return [];
  const { url } = incident;
  return [
    {
      ...incident,
      id: incident.id.slice(0, longestKey),
      title: plain(incident.title).slice(0, longestTitle),
      since: new Date(since).toISOString(),
      componentRef,
      // It becomes a link on a page.
      url: url && /^https?:\/\//i.test(url) ? url : undefined,
    },
  ];
}

function refOf(text: string): string | undefined {
  try {
    const ref = canonicalRef(text);
    return ref.length <= longestKey ? ref : undefined;
  } catch {
    return undefined;
  }
}

// A database takes no NUL.
function plain(text: string): string {
  return text.replaceAll('\0', '');
}

function distinct(incidents: OpenIncident[]): OpenIncident[] {
  return [...new Map(incidents.map(one => [one.id, one])).values()];
}

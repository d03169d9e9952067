import type {
  DeliveryIncidentSource,
  OpenIncident,
} from '@slipway/backstage-plugin-delivery-node';
import { type Alert, alertList, incidentOf } from './alerts';
import type { AlertmanagerSettings } from './settings';

/** Answers the alerts that one Alertmanager would tell people of: active, neither silenced nor inhibited. */
export class AlertmanagerSource implements DeliveryIncidentSource {
  readonly name: string;
  readonly title: string;

  constructor(private readonly settings: AlertmanagerSettings) {
    this.name = `alertmanager:${settings.name}`;
    this.title =
      settings.name === 'alertmanager'
        ? 'Alertmanager'
        : `Alertmanager '${settings.name}'`;
  }

  async open({ signal }: { signal: AbortSignal }): Promise<OpenIncident[]> {
    const alerts = await this.read(signal);
    return alerts.flatMap(alert => incidentOf(alert, this.settings) ?? []);
  }

  private async read(signal: AbortSignal): Promise<Alert[]> {
    const { filter, headers, url } = this.settings;
    const query = new URLSearchParams([
      ['active', 'true'],
      ['silenced', 'false'],
      ['inhibited', 'false'],
      ['unprocessed', 'false'],
      ...filter.map(matcher => ['filter', matcher]),
    ]);
    let response: Response;
    try {
      response = await fetch(`${url}/api/v2/alerts?${query}`, {
        headers: { accept: 'application/json', ...headers },
        // A page to sign in at would be no answer.
        redirect: 'error',
        signal,
      });
    } catch (error) {
      throw new Error(`${url} cannot be reached: ${reasonOf(error)}`);
    }
    if (!response.ok)
      throw new Error(
        `${url} answered ${response.status}${await words(response)}`,
      );
    const parsed = alertList.safeParse(
      await response.json().catch(() => undefined),
    );
    if (!parsed.success)
      throw new Error(`${url} did not answer as an Alertmanager (API v2) does`);
    return parsed.data;
  }
}

/** Such as a filter that it does not understand. */
async function words(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  return text && text.length < 300 ? `: ${text.trim()}` : '';
}

// What a connection failed by stands in the cause. Not `instanceof`: errors of fetch can be of another realm.
function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: Error; message?: string };
  return cause?.message ?? message ?? String(error);
}

import type { OpenIncident } from '@slipway/backstage-plugin-delivery-node';
import { z } from 'zod';
import type { AlertmanagerSettings } from './settings';

/** What is needed of Alertmanager's `gettableAlerts` (its OpenAPI document, v2). */
export const alertList = z.array(
  z.object({
    fingerprint: z.string(),
    startsAt: z.string(),
    generatorURL: z.string().optional(),
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
);

/** One alert. */
export type Alert = z.infer<typeof alertList>[number];

/** An alert as an incident; nothing where no label names a component. */
export function incidentOf(
  { annotations = {}, fingerprint, generatorURL, labels, startsAt }: Alert,
  settings: Pick<AlertmanagerSettings, 'labels' | 'critical' | 'info'>,
): OpenIncident | undefined {
  const component = settings.labels.component
    .map(label => labels[label])
    .find(Boolean);
  if (!component) return undefined;
  const severity = labels[settings.labels.severity] ?? '';
  const environmentName = labels[settings.labels.environment];
  const url = annotations.runbook_url ?? generatorURL;
  return {
    id: fingerprint,
    title:
      annotations.summary ??
      annotations.description ??
      labels.alertname ??
      'An alert without a name',
    severity: severityOf(severity, settings),
    since: startsAt,
    componentRef: component.includes(':')
      ? component
      : `component:${component}`,
    ...(environmentName && { environmentName }),
    ...(url && { url }),
  };
}

function severityOf(
  value: string,
  { critical, info }: Pick<AlertmanagerSettings, 'critical' | 'info'>,
): OpenIncident['severity'] {
  if (critical.includes(value)) return 'critical';
  return info.includes(value) ? 'info' : 'warning';
}

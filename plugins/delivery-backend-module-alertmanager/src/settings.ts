import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** One Alertmanager, with what is left out filled in. */
export interface AlertmanagerSettings {
  name: string;
  /** Without a slash at its end. */
  url: string;
  headers: Record<string, string>;
  filter: string[];
  labels: { component: string[]; environment: string; severity: string };
  critical: string[];
  info: string[];
}

/** Reads `delivery.alertmanager`. Throws `InputError` naming the key. */
export function readSettings(config: Config): AlertmanagerSettings[] {
  const entries = config.getOptionalConfigArray('delivery.alertmanager') ?? [];
  const all = entries.map((entry, index) =>
    readEntry(entry, `delivery.alertmanager[${index}]`),
  );
  const names = all.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InputError(
      `delivery.alertmanager: two are called '${twice}'; give each a name of its own`,
    );
  return all;
}

function readEntry(entry: Config, at: string): AlertmanagerSettings {
  return {
    name: entry.getOptionalString('name') ?? 'alertmanager',
    url: readUrl(entry.getString('url'), `${at}.url`),
    headers: Object.fromEntries(
      (entry.getOptionalConfig('headers')?.keys() ?? []).map(name => [
        name,
        entry.getConfig('headers').getString(name),
      ]),
    ),
    filter: entry.getOptionalStringArray('filter') ?? [],
    labels: {
      component: entry.getOptionalStringArray('labels.component') ?? [
        'component',
      ],
      environment:
        entry.getOptionalString('labels.environment') ?? 'environment',
      severity: entry.getOptionalString('labels.severity') ?? 'severity',
    },
    critical: entry.getOptionalStringArray('critical') ?? ['critical', 'page'],
    info: entry.getOptionalStringArray('info') ?? ['info', 'none'],
  };
}

function readUrl(text: string, at: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InputError(`${at} must begin with http:// or https://`);
  // It would stand in errors.
  if (url.username || url.password)
    throw new InputError(
      `${at} must hold no user name and no password; write them into headers.Authorization`,
    );
  return text.replace(/\/+$/, '');
}

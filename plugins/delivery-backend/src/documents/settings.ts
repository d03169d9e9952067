import { type Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

/** Where a text with documents is. */
export interface DocumentLocation {
  type: 'file' | 'url';
  /** A URL, or a path as it was configured: absolute, or relative to where the process was started. */
  target: string;
}

/** What `delivery.pipelines` says. */
export interface DocumentSettings {
  locations: DocumentLocation[];
  /** The pipeline of components that no other serves. */
  defaultName?: string;
  refresh: HumanDuration;
  /** Set: components may have pipelines of their own, within what the pipeline of this name asks for. */
  fromComponents?: { baseline?: string };
}

const key = 'delivery.pipelines';

/** Throws an `Error` naming the key that does not hold. */
export function readDocumentSettings(config: Config): DocumentSettings {
  const own = config.getOptionalConfig(key);
  const seen = new Set<string>();
  const locations = (own?.getOptionalConfigArray('locations') ?? []).map(
    (location, index) => {
      const at = `${key}.locations[${index}]`;
      const type = location.getString('type');
      const target = location.getString('target');
      if (type !== 'file' && type !== 'url')
        throw new Error(`${at}.type: must be file or url, not '${type}'`);
      if (type === 'url' && !isWebAddress(target))
        throw new Error(`${at}.target: '${target}' is no http or https URL`);
      if (seen.has(target))
        throw new Error(`${at}.target: '${target}' is listed twice`);
      seen.add(target);
      return { type, target } satisfies DocumentLocation;
    },
  );
  const defaultName = own?.getOptionalString('default');
  if (defaultName && !locations.length)
    throw new Error(
      `${key}.default: names '${defaultName}', but ${key}.locations is empty`,
    );
  const refresh = own?.has('refresh')
    ? readDurationFromConfig(own, { key: 'refresh' })
    : { seconds: 60 };
  if (durationToMilliseconds(refresh) < 1000)
    throw new Error(`${key}.refresh: must be at least 1 second`);
  const fromComponents = readFromComponents(own, locations);
  return {
    locations,
    ...(defaultName && { defaultName }),
    refresh,
    ...(fromComponents && { fromComponents }),
  };
}

function readFromComponents(
  own: Config | undefined,
  locations: DocumentLocation[],
): DocumentSettings['fromComponents'] {
  const config = own?.getOptionalConfig('fromComponents');
  if (!config?.getOptionalBoolean('enabled')) return undefined;
  const baseline = config.getOptionalString('baseline');
  if (baseline && !locations.length)
    throw new Error(
      `${key}.fromComponents.baseline: names '${baseline}', but ${key}.locations is empty`,
    );
  return { ...(baseline && { baseline }) };
}

function isWebAddress(target: string): boolean {
  return URL.canParse(target) && /^https?:$/.test(new URL(target).protocol);
}

import { X509Certificate } from 'node:crypto';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** @public */
export const MAX_TIMEOUT_SECONDS = 30;
/** @public */
export const MAX_STEP_SECONDS = 3600;

/** One Prometheus, with what is left out filled in. @public */
export interface ServerSettings {
  name: string;
  /** Without a slash at its end. */
  url: string;
  /** Value of the header `Authorization`; secret. */
  authorization?: string;
  /** PEM; the system's certificates when left out. */
  ca?: string;
  stepSeconds: number;
  timeoutSeconds: number;
  /** Its key in the configuration, for errors. */
  configKey: string;
}

/**
 * Reads a list of servers, such as `delivery.prometheus.servers`. Throws `InputError` naming the key, and no value.
 *
 * @public
 */
export function readServers(config: Config, key: string): ServerSettings[] {
  const servers = (config.getOptionalConfigArray(key) ?? []).map(
    (entry, index) => readServer(entry, `${key}[${index}]`),
  );
  const names = servers.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InputError(
      `${key}: two are called '${twice}'; give each a name of its own`,
    );
  return servers;
}

function readServer(entry: Config, at: string): ServerSettings {
  const authorization = readAuth(entry, at);
  const ca = readCa(entry, at);
  return {
    name: entry.getOptionalString('name') ?? 'prometheus',
    url: readUrl(entry.getString('url'), `${at}.url`),
    ...(authorization && { authorization }),
    ...(ca && { ca }),
    stepSeconds: readSeconds(entry, 'stepSeconds', at, {
      fallback: 60,
      max: MAX_STEP_SECONDS,
    }),
    timeoutSeconds: readSeconds(entry, 'timeoutSeconds', at, {
      fallback: 10,
      max: MAX_TIMEOUT_SECONDS,
    }),
    configKey: at,
  };
}

function readAuth(entry: Config, at: string): string | undefined {
  const auth = entry.getOptionalConfig('auth');
  if (!auth) return undefined;
  if (auth.has('basic') === auth.has('bearer'))
    throw new InputError(`${at}.auth needs either 'basic' or 'bearer'`);
  const value = auth.has('bearer')
    ? `Bearer ${auth.getString('bearer')}`
    : basic(auth.getConfig('basic'), `${at}.auth.basic`);
  // Such as a line break at the end of a file; HTTP's own error would show the whole header.
  if (!/^[\t\x20-\x7e]+$/.test(value))
    throw new InputError(
      `${at}.auth.bearer must be printable ASCII characters in one line`,
    );
  return value;
}

function basic(config: Config, at: string): string {
  const username = config.getString('username');
  if (username.includes(':'))
    throw new InputError(`${at}.username must hold no colon`);
  const pair = `${username}:${config.getString('password')}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function readCa(entry: Config, at: string): string | undefined {
  const ca = entry.getOptionalString('tls.ca');
  if (ca === undefined) return undefined;
  try {
    // What TLS could not read it would leave out without a word.
    return new X509Certificate(ca) && ca;
  } catch {
    throw new InputError(
      `${at}.tls.ca must be certificates in PEM; a file is named as { $file: ./ca.pem }`,
    );
  }
}

function readUrl(text: string, at: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InputError(`${at} must begin with http:// or https://`);
  if (url.username || url.password)
    throw new InputError(
      `${at} must hold no user name and no password; write them into 'auth'`,
    );
  if (url.search || url.hash)
    throw new InputError(
      `${at} must end with a path: what queries ask is added to it`,
    );
  return url.href.replace(/\/+$/, '');
}

function readSeconds(
  entry: Config,
  key: string,
  at: string,
  { fallback, max }: { fallback: number; max: number },
): number {
  const seconds = entry.getOptionalNumber(key) ?? fallback;
  if (!(Number.isInteger(seconds) && seconds >= 1 && seconds <= max))
    throw new InputError(
      `${at}.${key} must be a whole number from 1 to ${max}`,
    );
  return seconds;
}

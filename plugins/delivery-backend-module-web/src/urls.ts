import { isIP } from 'node:net';

/** The port that a URL of http or https leads to. */
export function effectivePort(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return defaultPort(url.protocol === 'http:' ? 'http' : 'https');
}

export function defaultPort(protocol: 'http' | 'https'): number {
  return protocol === 'http' ? 80 : 443;
}

/** The address that a URL names in place of a host name, without the brackets of IPv6. */
export function addressLiteral(url: URL): string | undefined {
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? undefined : bare;
}

/** How errors name a URL: paths and query strings are left out, since they may carry keys. */
export function originOf(url: URL): string {
  return `${url.protocol}//${url.host}`;
}

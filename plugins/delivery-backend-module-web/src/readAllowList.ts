import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { AllowList, type AllowedHost, type AllowedRange } from './AllowList';
import { parseRange } from './addresses';
import { addressLiteral, defaultPort } from './urls';

const KEY = 'delivery.web.allow';

/** Reads `delivery.web.allow`. Throws `InputError` naming the entry that cannot be meant as it is written. */
export function readAllowList(config: Config): AllowList {
  const hosts: AllowedHost[] = [];
  const ranges: AllowedRange[] = [];
  const entries = config.getOptionalConfigArray(KEY) ?? [];
  entries.forEach((entry, index) => {
    const where = `${KEY}[${index}]`;
    if (entry.has('host') === entry.has('cidr')) {
      throw new InputError(`${where} needs either 'host' or 'cidr'`);
    }
    if (entry.has('host')) hosts.push(readHost(entry, where));
    else ranges.push(readRange(entry, where));
  });
  return new AllowList({ hosts, ranges });
}

function readHost(entry: Config, where: string): AllowedHost {
  const written = entry.getString('host');
  const protocol = entry.getOptionalString('protocol') ?? 'https';
  if (protocol !== 'http' && protocol !== 'https') {
    throw new InputError(`${where}.protocol must be 'http' or 'https'`);
  }
  // A pattern would silently match nothing, and a URL would silently lose its path.
  const plain = /^[^\s/\\:@?#*%]+$/.test(written);
  if (!plain || !URL.canParse(`https://${written}`)) {
    throw new InputError(
      `${where}.host must be one host name, such as 'metrics.example.com', without protocol, port, path or wildcard; ranges of addresses are written as 'cidr'`,
    );
  }
  const url = new URL(`https://${written}`);
  if (addressLiteral(url) !== undefined) {
    throw new InputError(
      `${where}.host is an address; write it as { cidr: '${url.hostname}/32' }`,
    );
  }
  return {
    host: url.hostname,
    protocol,
    port: readPort(entry, where) ?? defaultPort(protocol),
  };
}

function readRange(entry: Config, where: string): AllowedRange {
  if (entry.has('protocol')) {
    throw new InputError(
      `${where}.protocol has no effect beside 'cidr'; remove it`,
    );
  }
  const range = parseRange(entry.getString('cidr'));
  if (!range) {
    throw new InputError(
      `${where}.cidr must be a range such as '10.1.0.0/16' or 'fd12:3456::/32'; ranges of IPv4-mapped addresses are written as IPv4`,
    );
  }
  return { range, port: readPort(entry, where) };
}

function readPort(entry: Config, where: string): number | undefined {
  const port = entry.getOptionalNumber('port');
  if (
    port !== undefined &&
    !(Number.isInteger(port) && port > 0 && port < 65536)
  ) {
    throw new InputError(
      `${where}.port must be a whole number from 1 to 65535`,
    );
  }
  return port;
}

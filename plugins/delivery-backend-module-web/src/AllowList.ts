import { NotAllowedError } from '@backstage/errors';
import { type AddressRange, isPublic, isWithin, rangeOfOne } from './addresses';
import { addressLiteral, effectivePort, originOf } from './urls';

/** A host name that URLs may name. */
export interface AllowedHost {
  /** In lower case, as `URL` writes it. */
  host: string;
  port: number;
  protocol: 'http' | 'https';
}

/** Addresses that may be connected to even when they are not public. */
export interface AllowedRange {
  range: AddressRange;
  /** Every port when left out. */
  port?: number;
}

/** What the web provider may connect to: nothing but what an operator has named. */
export class AllowList {
  readonly #hosts: AllowedHost[];
  readonly #ranges: AllowedRange[];

  constructor(entries: { hosts: AllowedHost[]; ranges: AllowedRange[] }) {
    this.#hosts = entries.hosts;
    this.#ranges = entries.ranges;
  }

  /** Throws `NotAllowedError` when a URL names something that no entry permits. Resolves nothing. */
  assertPermitsUrl(url: URL): void {
    const port = effectivePort(url);
    const literal = addressLiteral(url);
    if (literal !== undefined) {
      // Net does not look literals up, so the check of the connected address has to happen here.
      if (this.#covers(literal, port)) return;
      throw new NotAllowedError(
        `The web provider may not connect to ${originOf(url)}. ${howToCover(literal, port)}`,
      );
    }
    const protocol = url.protocol.slice(0, -1);
    const permitted = this.#hosts.some(
      entry =>
        entry.host === url.hostname &&
        entry.port === port &&
        entry.protocol === protocol,
    );
    if (!permitted) {
      throw new NotAllowedError(
        `The web provider may not connect to ${originOf(url)}. To permit it, add { host: '${url.hostname}', port: ${port}, protocol: ${protocol} } to delivery.web.allow in the backend's configuration`,
      );
    }
  }

  /**
   * Those of a permitted name's addresses that may be connected to. Throws `NotAllowedError` when none may.
   */
  permittedAddresses<T extends { address: string }>(
    host: string,
    port: number,
    addresses: T[],
  ): T[] {
    const permitted = addresses.filter(
      ({ address }) => isPublic(address) || this.#covers(address, port),
    );
    if (permitted.length === 0) {
      const { address } = addresses[0];
      throw new NotAllowedError(
        `The web provider may not connect to ${host}: it leads to ${address}, which is not a public address. ${howToCover(address, port)}`,
      );
    }
    return permitted;
  }

  #covers(address: string, port: number): boolean {
    return this.#ranges.some(
      entry =>
        (entry.port === undefined || entry.port === port) &&
        isWithin(address, entry.range),
    );
  }
}

function howToCover(address: string, port: number): string {
  return `To permit it, add { cidr: '${rangeOfOne(address)}', port: ${port} } to delivery.web.allow in the backend's configuration`;
}

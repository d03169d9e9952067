import type { LookupAddress, LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AllowList } from './AllowList';

/** `dns.lookup`, in the form that answers all addresses. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (
    error: NodeJS.ErrnoException | null,
    addresses: LookupAddress[],
  ) => void,
) => void;

/**
 * A lookup for sockets that answers permitted addresses only. The socket connects to what is answered here and never
 * asks again: a name that leads elsewhere a moment later changes nothing.
 */
export function createCheckedLookup(options: {
  allowList: AllowList;
  port: number;
  resolve: Resolve;
}): LookupFunction {
  const { allowList, port, resolve } = options;
  return (hostname, lookupOptions, callback) => {
    resolve(hostname, { ...lookupOptions, all: true }, (error, addresses) => {
      if (error) {
        callback(error, []);
        return;
      }
      let permitted: LookupAddress[];
      try {
        permitted = allowList.permittedAddresses(hostname, port, addresses);
      } catch (refusal) {
        callback(refusal as Error, []);
        return;
      }
      if (lookupOptions.all) callback(null, permitted);
      else callback(null, permitted[0].address, permitted[0].family);
    });
  };
}

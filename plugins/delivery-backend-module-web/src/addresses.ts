import ipaddr from 'ipaddr.js';

/** A range of addresses: its first part and the number of leading bits that count. */
export type AddressRange = ReturnType<typeof ipaddr.parseCIDR>;

const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is one of the public internet's. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  // 'unicast' is also what is left over of IPv6: IPv4-compatible and unassigned space. Only 2000::/3 is given out.
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_UNICAST_V6);
}

/** Whether an address lies in a range. An IPv4-mapped IPv6 address counts as the IPv4 address that it leads to. */
export function isWithin(address: string, range: AddressRange): boolean {
  if (!ipaddr.isValid(address)) return false;
  const reached = ipaddr.process(address);
  const [base, bits] = range;
  return reached.kind() === base.kind() && reached.match(base, bits);
}

/** The smallest range around an address, in the form that `parseRange` takes. */
export function rangeOfOne(address: string): string {
  const reached = ipaddr.process(address.split('%')[0]);
  return `${reached}/${reached.kind() === 'ipv6' ? 128 : 32}`;
}

/** `undefined` when the text is not a range, or one of IPv4-mapped addresses, which `isWithin` never compares with. */
export function parseRange(text: string): AddressRange | undefined {
  // The library also takes `10/8`, and reads it as 0.0.0.10/8.
  if (!text.includes(':') && text.split('.').length !== 4) return undefined;
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const range = ipaddr.parseCIDR(text);
  return range[0].range() === 'ipv4Mapped' ? undefined : range;
}

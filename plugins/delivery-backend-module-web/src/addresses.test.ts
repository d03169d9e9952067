import { isPublic, isWithin, parseRange, rangeOfOne } from './addresses';

describe('isPublic', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111'])(
    'takes %s for public',
    address => expect(isPublic(address)).toBe(true),
  );

  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['loopback', '::1'],
    ['unspecified', '0.0.0.0'],
    ['unspecified', '0.1.2.3'],
    ['unspecified', '::'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['link-local', '169.254.169.254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['unique-local', 'fd00:ec2::254'],
    ['site-local', 'fec0::1'],
    ['CGNAT', '100.64.0.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['benchmarking', '198.18.0.1'],
    ['documentation', '192.0.2.1'],
    ['IPv4-mapped', '::ffff:127.0.0.1'],
    ['IPv4-mapped and public', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::7f00:1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['local NAT64', '64:ff9b:1::a00:1'],
    ['6to4', '2002:7f00:1::1'],
    ['Teredo', '2001::1'],
    ['unassigned', '4000::1'],
    ['not an address', 'metrics.example.com'],
  ])('does not take %s (%s) for public', (_, address) => {
    expect(isPublic(address)).toBe(false);
  });
});

describe('isWithin', () => {
  it.each([
    ['10.1.2.3', '10.1.0.0/16', true],
    ['10.2.0.0', '10.1.0.0/16', false],
    ['::ffff:10.1.2.3', '10.1.0.0/16', true],
    ['::ffff:127.0.0.1', '::/0', false],
    ['127.0.0.1', '::/0', false],
    ['::1', '0.0.0.0/0', false],
    ['fd00::5', 'fd00::/8', true],
    ['not an address', '0.0.0.0/0', false],
  ])('%s in %s: %s', (address, text, expected) => {
    expect(isWithin(address, parseRange(text)!)).toBe(expected);
  });
});

it.each(['10/8', '10.1.0.0', '10.1.0.0/33', 'x', '::ffff:10.0.0.0/104'])(
  'refuses the range %s',
  text => expect(parseRange(text)).toBeUndefined(),
);

it.each([
  ['10.0.0.1', '10.0.0.1/32'],
  ['::ffff:7f00:1', '127.0.0.1/32'],
  ['fe80::1%eth0', 'fe80::1/128'],
])('writes the smallest range around %s', (address, expected) => {
  expect(rangeOfOne(address)).toBe(expected);
  expect(isWithin(address, parseRange(expected)!)).toBe(true);
});

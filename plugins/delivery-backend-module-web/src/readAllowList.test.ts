import { ConfigReader } from '@backstage/config';
import { readAllowList } from './readAllowList';

const read = (...allow: Array<Record<string, string | number>>) =>
  readAllowList(new ConfigReader({ delivery: { web: { allow } } }));

function permits(entry: Record<string, string | number>, url: string): boolean {
  try {
    read(entry).assertPermitsUrl(new URL(url));
    return true;
  } catch {
    return false;
  }
}

describe('readAllowList', () => {
  it.each([
    [{ host: 'm.example.com' }, 'https://m.example.com/a?b', true],
    [{ host: 'M.Example.com' }, 'https://m.example.COM/', true],
    [{ host: 'm.example.com' }, 'https://m.example.com:8443/', false],
    [{ host: 'm.example.com' }, 'http://m.example.com/', false],
    [{ host: 'm.example.com' }, 'http://m.example.com:443/', false],
    [{ host: 'm.example.com' }, 'https://x.m.example.com/', false],
    [{ host: 'm.example.com' }, 'https://m.example.com.evil.com/', false],
    [{ host: 'm.example.com' }, 'https://m.example.com./', false],
    [
      { host: 'm.example.com', protocol: 'http' },
      'http://m.example.com/',
      true,
    ],
    [
      { host: 'm.example.com', protocol: 'http', port: 9090 },
      'http://m.example.com:9090/',
      true,
    ],
    [{ cidr: '10.1.0.0/16' }, 'http://10.1.2.3:9090/', true],
    [{ cidr: '10.1.0.0/16' }, 'https://10.2.2.3/', false],
    [{ cidr: '10.1.0.0/16', port: 9090 }, 'http://10.1.2.3/', false],
    [{ cidr: '10.1.0.0/16' }, 'http://[::ffff:10.1.2.3]/', true],
    [{ cidr: '10.1.0.0/16' }, 'https://m.example.com/', false],
    [{ cidr: 'fd00::/8' }, 'http://[fd00::1]/', true],
    // Other ways to write 127.0.0.1.
    [{ cidr: '10.0.0.0/8' }, 'http://0x7f.1/', false],
    [{ cidr: '10.0.0.0/8' }, 'http://2130706433/', false],
  ])('%j and %s: %s', (entry, url, expected) => {
    expect(permits(entry as Record<string, string | number>, url)).toBe(
      expected,
    );
  });

  it.each([
    [{}, "needs either 'host' or 'cidr'"],
    [{ host: 'a.example.com', cidr: '10.0.0.0/8' }, 'needs either'],
    [{ host: 'https://a.example.com' }, 'host must be one host name'],
    [{ host: 'a.example.com:443' }, 'host must be one host name'],
    [{ host: 'a.example.com/x' }, 'host must be one host name'],
    [{ host: '*.example.com' }, 'host must be one host name'],
    [{ host: '127.1' }, "write it as { cidr: '127.0.0.1/32' }"],
    [{ host: 'a.example.com', protocol: 'ftp' }, "must be 'http' or 'https'"],
    [{ host: 'a.example.com', port: 0 }, 'from 1 to 65535'],
    [{ cidr: '10.0.0.0/33' }, 'cidr must be a range'],
    [{ cidr: '10.0.0.0/8', port: 70000 }, 'from 1 to 65535'],
    [{ cidr: '10.0.0.0/8', protocol: 'http' }, 'has no effect'],
  ])('refuses %j', (entry, message) => {
    expect(() => read(entry as Record<string, string | number>)).toThrow(
      message,
    );
    expect(() => read(entry as Record<string, string | number>)).toThrow(
      'delivery.web.allow[0]',
    );
  });
});

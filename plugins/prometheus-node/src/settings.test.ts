import { ConfigReader } from '@backstage/config';
import { readServers } from './settings';

const read = (...servers: object[]) =>
  readServers(
    new ConfigReader({
      delivery: { prometheus: { servers: servers as never } },
    }),
    'delivery.prometheus.servers',
  );

const url = 'https://prometheus.example';
const at = 'delivery.prometheus.servers[0]';

it('fills in what is left out', () => {
  expect(read({ url: `${url}/base/` })).toEqual([
    {
      name: 'prometheus',
      url: `${url}/base`,
      stepSeconds: 60,
      timeoutSeconds: 10,
      configKey: at,
    },
  ]);
  expect(
    readServers(new ConfigReader({}), 'delivery.prometheus.servers'),
  ).toEqual([]);
});

it.each([
  [{}, 'url'],
  [{ url: 'prometheus:9090' }, `${at}.url must begin with http`],
  [{ url: 'https://me:secret@p.example' }, `${at}.url must hold no user name`],
  [{ url: `${url}/?token=secret` }, `${at}.url must end with a path`],
  [{ url, auth: {} }, `${at}.auth needs either 'basic' or 'bearer'`],
  [
    { url, auth: { bearer: 'secret\n' } },
    `${at}.auth.bearer must be printable`,
  ],
  [
    { url, auth: { basic: { username: 'a:b', password: 'secret' } } },
    `${at}.auth.basic.username must hold no colon`,
  ],
  [
    { url, tls: { ca: './ca.pem' } },
    `${at}.tls.ca must be certificates in PEM`,
  ],
  [{ url, timeoutSeconds: 60 }, `${at}.timeoutSeconds must be a whole number`],
  [{ url, stepSeconds: 0.5 }, `${at}.stepSeconds must be a whole number`],
])('stops the start with the key, and no secret: %#', (entry, why) => {
  expect(() => read(entry)).toThrow(why);
  expect(() => read(entry)).not.toThrow('secret');
});

it('wants names apart', () => {
  expect(() => read({ url }, { url })).toThrow("two are called 'prometheus'");
});

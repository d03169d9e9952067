import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { AddressInfo } from 'node:net';
import { authModuleExampleUsers } from './module';

function entity(
  kind: string,
  name: string,
  displayName: string,
  relations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', description: `${name} at work` },
    spec: { profile: { displayName } },
    relations: Object.entries(relations).map(([type, targetRef]) => ({
      type,
      targetRef,
    })),
  };
}

const entities = [
  entity('User', 'ben', 'Ben Okafor', { memberOf: 'group:default/gone' }),
  entity('User', 'ana', 'Ana Ruiz', { memberOf: 'group:default/booking' }),
  entity('Group', 'booking', 'Booking team', { childOf: 'group:default/all' }),
  entity('Group', 'all', 'Everybody'),
];

const roles = [
  { name: 'viewer', title: 'Viewer', members: ['*'] },
  { name: 'developer', members: ['group:default/all'] },
  { name: 'boss', title: 'Boss', members: ['user:default/ben'] },
];

describe('sign-in as an example user', () => {
  let backend: TestBackend | undefined;

  async function start(exampleUsers: object | null | undefined) {
    backend = await startTestBackend({
      features: [
        authPlugin,
        authModuleExampleUsers,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            auth: { providers: { exampleUsers } },
            permission: { slipway: { roles } },
          },
        }),
        mockServices.database.factory(),
        catalogServiceMock.factory({ entities }),
      ],
    });
  }

  afterEach(async () => {
    await backend?.stop();
    backend = undefined;
  });

  function call(path: string, init: RequestInit = {}) {
    const { port } = backend!.server.address() as AddressInfo;
    return fetch(
      `http://127.0.0.1:${port}/api/auth/exampleUsers/${path}`,
      init,
    );
  }
  const fromPage = { 'X-Requested-With': 'XMLHttpRequest' };
  const choose = (body: unknown, headers: Record<string, string> = fromPage) =>
    call('refresh', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const cookieOf = (response: Response) =>
    response.headers.getSetCookie().join('\n');

  it('lists who can be chosen, with teams and with roles that come from groups above', async () => {
    await start({ enabled: true });
    const response = await call('users');
    expect(response.status).toBe(200);
    await expect(response.json()).resolves.toEqual({
      items: [
        {
          userEntityRef: 'user:default/ana',
          name: 'ana',
          displayName: 'Ana Ruiz',
          jobTitle: 'ana at work',
          teams: ['Booking team'],
          roles: ['Viewer', 'developer'],
        },
        {
          userEntityRef: 'user:default/ben',
          name: 'ben',
          displayName: 'Ben Okafor',
          jobTitle: 'ben at work',
          teams: ['group:default/gone'],
          roles: ['Viewer', 'Boss'],
        },
      ],
    });
  });

  it('signs in, goes on after a reload, and ends with the sign-out', async () => {
    await start({ enabled: true });

    const chosen = await choose({ userEntityRef: 'user:default/ana' });
    expect(chosen.status).toBe(200);
    await expect(chosen.json()).resolves.toMatchObject({
      profile: { displayName: 'Ana Ruiz' },
      backstageIdentity: {
        token: expect.any(String),
        expiresInSeconds: expect.any(Number),
        identity: {
          type: 'user',
          userEntityRef: 'user:default/ana',
          ownershipEntityRefs: expect.arrayContaining([
            'user:default/ana',
            'group:default/booking',
          ]),
        },
      },
    });
    const cookie = cookieOf(chosen);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).toMatch(/Path=\/api\/auth\/exampleUsers(;|$)/m);

    const sent = { ...fromPage, cookie: cookie.split(';')[0] };
    const resumed = await call('refresh', { headers: sent });
    expect(resumed.status).toBe(200);
    await expect(resumed.json()).resolves.toMatchObject({
      backstageIdentity: { identity: { userEntityRef: 'user:default/ana' } },
    });

    const ended = await call('logout', { method: 'POST', headers: sent });
    expect(ended.status).toBe(204);
    expect(cookieOf(ended)).toMatch(
      /exampleUsers-user=;.*Expires=Thu, 01 Jan 1970/,
    );
  });

  it('has no session before anybody was chosen', async () => {
    await start({ enabled: true });
    expect((await call('refresh', { headers: fromPage })).status).toBe(401);
  });

  it('answers only pages that can send its header', async () => {
    await start({ enabled: true });
    const user = { userEntityRef: 'user:default/ana' };
    expect((await choose(user, {})).status).toBe(401);
    expect(
      (
        await call('refresh', {
          headers: { cookie: 'exampleUsers-user=user:default/ana' },
        })
      ).status,
    ).toBe(401);
    expect((await call('logout', { method: 'POST' })).status).toBe(401);
  });

  it.each([
    [{}, 400],
    [{ userEntityRef: 7 }, 400],
    [{ userEntityRef: 'group:default/all' }, 400],
    [{ userEntityRef: 'ana' }, 400],
    [{ userEntityRef: 'user:default/nobody' }, 404],
  ])('refuses %j with %i and forgets who was there', async (body, status) => {
    await start({ enabled: true });
    const response = await choose(body);
    expect(response.status).toBe(status);
    expect(cookieOf(response)).not.toMatch(/exampleUsers-user=\w/);
  });

  it('keeps to the list of the config', async () => {
    await start({ enabled: true, users: ['user:default/ben'] });
    const { items } = await (await call('users')).json();
    expect(items).toHaveLength(1);
    expect((await choose({ userEntityRef: 'user:default/ana' })).status).toBe(
      403,
    );
    expect((await choose({ userEntityRef: 'user:default/ben' })).status).toBe(
      200,
    );
  });

  it.each([[undefined], [{}], [{ enabled: false }]])(
    'is not there unless it is switched on: %j',
    async config => {
      await start(config);
      expect((await call('users')).status).toBe(404);
      expect((await choose({ userEntityRef: 'user:default/ana' })).status).toBe(
        404,
      );
    },
  );

  it('stops the start in production', async () => {
    const before = process.env.NODE_ENV;
    Object.assign(process.env, { NODE_ENV: 'production' });
    try {
      await expect(start({ enabled: true })).rejects.toThrow(
        /example-users.*NODE_ENV is production|NODE_ENV is production/,
      );
    } finally {
      Object.assign(process.env, { NODE_ENV: before });
    }
  });
});

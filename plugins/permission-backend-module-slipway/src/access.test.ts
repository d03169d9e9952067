import {
  createBackendPlugin,
  coreServices,
} from '@backstage/backend-plugin-api';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { rootSystemMetadataServiceFactory } from '@backstage/backend-defaults/rootSystemMetadata';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AccessClient } from '@slipway/backstage-plugin-access-common';
import type { AddressInfo } from 'node:net';
import { component, environment, group, user } from './__testUtils__/entities';
import {
  catalogStandIn,
  deliveryStandIn,
} from './__testUtils__/standInPlugins';
import { permissionModuleSlipway } from './module';

const roles = [
  {
    name: 'viewer',
    members: ['*'],
    allow: [{ permissions: ['delivery.*.read', 'catalog.entity.read'] }],
  },
  {
    name: 'developer',
    title: 'Developer',
    description: 'Delivers own components.',
    members: ['group:default/engineering'],
    allow: [
      {
        permissions: ['delivery.rollout.create'],
        when: { owner: true, tiers: ['development', 'staging'] },
      },
      {
        permissions: ['catalog.entity.*'],
        when: { owner: true },
      },
    ],
  },
  {
    name: 'release-manager',
    title: 'Release manager',
    members: ['user:default/farid'],
    allow: [{ permissions: ['delivery.rollout.create', 'slipway.access.*'] }],
  },
];

/** A plugin whose permissions cannot be read. */
const broken = createBackendPlugin({
  pluginId: 'broken',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        http.use((_request, response) => {
          response.status(500).send('{}');
        });
      },
    });
  },
});

const question = {
  userEntityRef: 'user:default/ana',
  permission: 'delivery.rollout.create',
};

describe('who may do what, and why', () => {
  let backend: TestBackend;
  let baseUrl: string;
  let client: AccessClient;
  const logger = mockServices.rootLogger.mock();
  const ana = { token: mockCredentials.user.token('user:default/ana') };
  const farid = { token: mockCredentials.user.token('user:default/farid') };

  beforeAll(async () => {
    logger.child.mockReturnValue(logger);
    backend = await startTestBackend({
      features: [
        permissionPlugin,
        permissionModuleSlipway,
        catalogStandIn,
        deliveryStandIn,
        broken,
        rootSystemMetadataServiceFactory,
        permissionsServiceFactory,
        logger.factory,
        mockServices.rootConfig.factory({
          data: { permission: { enabled: true, slipway: { roles } } },
        }),
        mockServices.userInfo.mock({
          getUserInfo: async ({ principal }) => {
            const { userEntityRef } = principal as { userEntityRef: string };
            return {
              userEntityRef,
              ownershipEntityRefs:
                userEntityRef === 'user:default/ana'
                  ? [userEntityRef, 'group:default/booking']
                  : [userEntityRef],
            };
          },
        }).factory,
        catalogServiceMock.factory({
          entities: [
            group('engineering'),
            group('booking', 'engineering'),
            group('tracking', 'engineering'),
            user('ana', ['booking'], 'Ana Ruiz'),
            user('farid', [], 'Farid Haddad'),
            user('chloe', ['tracking']),
            component('quotes', 'booking'),
            component('orphan'),
            environment('staging', 'staging'),
            environment('production', 'production'),
          ],
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    baseUrl = `http://127.0.0.1:${port}/api/permission`;
    client = new AccessClient({
      discoveryApi: { getBaseUrl: async () => baseUrl },
    });
  });

  afterAll(async () => {
    await backend?.stop();
  });

  async function get(path: string, { token }: { token?: string } = {}) {
    const response = await fetch(`${baseUrl}/slipway/${path}`, {
      headers: token ? { Authorization: `Bearer ${token}` } : {},
    });
    return { status: response.status, body: await response.json() };
  }

  it('lists roles with the people who have them, also through groups above', async () => {
    await expect(client.listRoles(farid)).resolves.toEqual([
      {
        name: 'viewer',
        title: 'viewer',
        members: ['*'],
        people: [
          'user:default/ana',
          'user:default/chloe',
          'user:default/farid',
        ],
        rules: [
          {
            role: 'viewer',
            roleTitle: 'viewer',
            permissions: ['delivery.*.read', 'catalog.entity.read'],
            conditions: [],
            source: 'permission.slipway.roles[0].allow[0]',
          },
        ],
      },
      {
        name: 'developer',
        title: 'Developer',
        description: 'Delivers own components.',
        members: ['group:default/engineering'],
        people: ['user:default/ana', 'user:default/chloe'],
        rules: [
          expect.objectContaining({
            conditions: [
              'they or a group of theirs own it',
              'the environment is of tier development or staging',
            ],
            source: 'permission.slipway.roles[1].allow[0]',
          }),
          expect.objectContaining({
            source: 'permission.slipway.roles[1].allow[1]',
          }),
        ],
      },
      expect.objectContaining({
        name: 'release-manager',
        people: ['user:default/farid'],
      }),
    ]);
  });

  it('lists everybody for whoever may see others, and says through what they have their roles', async () => {
    await expect(client.listPeople(farid)).resolves.toEqual([
      {
        userEntityRef: 'user:default/ana',
        displayName: 'Ana Ruiz',
        roles: [
          { name: 'viewer', title: 'viewer', through: '*' },
          {
            name: 'developer',
            title: 'Developer',
            through: 'group:default/engineering',
          },
        ],
      },
      expect.objectContaining({ displayName: 'chloe' }),
      expect.objectContaining({ displayName: 'Farid Haddad' }),
    ]);
  });

  it('lists only oneself for whoever may not', async () => {
    const people = await client.listPeople(ana);
    expect(people.map(({ displayName }) => displayName)).toEqual(['Ana Ruiz']);
  });

  it('lists what the plugins declare, its own permission too, with the rules that can allow it', async () => {
    const actions = await client.listActions(farid);
    expect(
      actions.map(({ permission, pluginId }) => `${pluginId}: ${permission}`),
    ).toEqual([
      'catalog: catalog.entity.create',
      'catalog: catalog.entity.delete',
      'catalog: catalog.entity.read',
      'delivery: delivery.rollout.create',
      'delivery: delivery.rollout.read',
      'permission: slipway.access.read',
    ]);
    const [create, remove] = actions;
    // Nothing is there yet that could have an owner, so the developer's rule never allows it.
    expect(create).toMatchObject({ action: 'create', rules: [] });
    expect(remove).toMatchObject({
      resourceType: 'catalog-entity',
      rules: [{ conditions: ['they or a group of theirs own the entity'] }],
    });
  });

  it('leaves a plugin out that does not answer, with a warning', async () => {
    await client.listActions(farid);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('the plugin broken'),
      expect.any(Error),
    );
  });

  it('names the actions to everybody, without rules to whoever may not see those', async () => {
    const actions = await client.listActions(ana);
    expect(actions).toContainEqual(
      expect.objectContaining({ permission: 'delivery.rollout.create' }),
    );
    expect(actions.filter(({ rules }) => rules)).toEqual([]);
  });

  it('refuses roles without the permission', async () => {
    await expect(get('roles', ana)).resolves.toMatchObject({
      status: 403,
      body: {
        error: { message: 'This needs the permission slipway.access.read' },
      },
    });
  });

  it('lets nobody in who is not signed in', async () => {
    for (const path of ['roles', 'people', 'actions', 'explanation'])
      await expect(
        get(path, { token: mockCredentials.none.header().slice(7) }),
      ).resolves.toMatchObject({ status: 401 });
  });

  it('explains to everybody what they may do themselves', async () => {
    await expect(client.explain(question, ana)).resolves.toEqual({
      ...question,
      verdict: 'conditional',
      message:
        'Ana Ruiz may do this where they or a group of theirs own the component and the environment is of tier ' +
        'development or staging, because of the role Developer (through group:default/engineering).',
      rules: [
        {
          role: 'developer',
          roleTitle: 'Developer',
          permissions: ['delivery.rollout.create'],
          conditions: [
            'they or a group of theirs own the component',
            'the environment is of tier development or staging',
          ],
          source: 'permission.slipway.roles[1].allow[0]',
          through: 'group:default/engineering',
          outcome: 'depends',
          checks: [
            { text: 'they or a group of theirs own the component' },
            { text: 'the environment is of tier development or staging' },
          ],
        },
      ],
      wouldAllow: [],
    });
  });

  it('has conditions checked where component and environment are given', async () => {
    const inStaging = await client.explain(
      {
        ...question,
        componentRef: 'component:default/quotes',
        environmentRef: 'resource:default/staging',
      },
      ana,
    );
    expect(inStaging).toMatchObject({
      verdict: 'allow',
      message:
        'Ana Ruiz may do this to quotes in staging, because the role Developer (through group:default/engineering) ' +
        'allows it where they or a group of theirs own the component and the environment is of tier development or ' +
        'staging, as is the case here.',
      rules: [
        {
          outcome: 'applies',
          checks: [
            { holds: true, found: 'the owner is group:default/booking' },
            { holds: true, found: 'the tier is staging' },
          ],
        },
      ],
    });

    const inProduction = await client.explain(
      {
        ...question,
        componentRef: 'component:default/quotes',
        environmentRef: 'resource:default/production',
      },
      ana,
    );
    expect(inProduction).toMatchObject({
      verdict: 'deny',
      message:
        'Ana Ruiz may not do this to quotes in production: the role Developer (through group:default/engineering) ' +
        'allows it only where they or a group of theirs own the component and the environment is of tier ' +
        'development or staging, but the tier is production. The role Release manager would allow it.',
      rules: [
        { outcome: 'fails', checks: [{ holds: true }, { holds: false }] },
      ],
      wouldAllow: [
        {
          role: 'release-manager',
          source: 'permission.slipway.roles[2].allow[0]',
        },
      ],
    });
  });

  it('checks what it can when only a component is given', async () => {
    await expect(
      client.explain(
        { ...question, componentRef: 'component:default/orphan' },
        ana,
      ),
    ).resolves.toMatchObject({
      verdict: 'deny',
      rules: [
        {
          outcome: 'fails',
          checks: [{ holds: false, found: 'it has no owner' }, {}],
        },
      ],
    });
    const own = await client.explain(
      { ...question, componentRef: 'component:default/quotes' },
      ana,
    );
    expect(own.verdict).toBe('conditional');
    expect(own.rules[0].checks.map(({ holds }) => holds)).toEqual([
      true,
      undefined,
    ]);
  });

  it('says that a condition cannot be asked of what a permission is about', async () => {
    await expect(
      client.explain({ ...question, permission: 'catalog.entity.create' }, ana),
    ).resolves.toMatchObject({
      verdict: 'deny',
      rules: [{ outcome: 'unanswerable' }],
      message: expect.stringContaining('a condition that cannot be asked'),
    });
  });

  it('refuses questions about others without the permission, and answers them with it', async () => {
    const aboutChloe = { ...question, userEntityRef: 'user:default/chloe' };
    await expect(client.explain(aboutChloe, ana)).rejects.toMatchObject({
      statusCode: 403,
      body: {
        error: {
          message:
            'This needs the permission slipway.access.read; without it you may only ask about yourself',
        },
      },
    });
    await expect(
      client.explain(
        {
          ...aboutChloe,
          componentRef: 'component:default/quotes',
          environmentRef: 'resource:default/staging',
        },
        farid,
      ),
    ).resolves.toMatchObject({
      verdict: 'deny',
      message: expect.stringContaining('the owner is group:default/booking'),
    });
  });

  it('answers services about everybody', async () => {
    const { token } = { token: mockCredentials.service.token() };
    await expect(client.explain(question, { token })).resolves.toMatchObject({
      verdict: 'conditional',
    });
    await expect(client.listPeople({ token })).resolves.toHaveLength(3);
  });

  it.each([
    [
      'user',
      { userEntityRef: 'user:default/nobody' },
      /^userEntityRef: .*nobody/,
    ],
    [
      'permission',
      { permission: 'delivery.rollout.paint' },
      /^permission: .*paint/,
    ],
    [
      'component',
      { componentRef: 'component:default/nothing' },
      /^componentRef: .*nothing/,
    ],
    [
      'environment',
      { environmentRef: 'resource:default/quotes' },
      /^environmentRef: .*quotes/,
    ],
  ])(
    'answers 404 for an unknown %s, naming it',
    async (_what, wrong, message) => {
      await expect(
        client.explain({ ...question, ...wrong }, farid),
      ).rejects.toMatchObject({
        statusCode: 404,
        body: { error: { message: expect.stringMatching(message) } },
      });
    },
  );

  it.each([
    ['permission=a', /^userEntityRef: must be given once/],
    ['userEntityRef=user:ana', /^permission: must be given once/],
    [
      'userEntityRef=ana&permission=',
      /^userEntityRef: .*; permission: must not/,
    ],
    ['userEntityRef=group:x&permission=a', /^userEntityRef: must be .* a user/],
    [
      'userEntityRef=user:ana&permission=a&componentRef=api:x',
      /^componentRef: must be .* a component/,
    ],
    ['userEntityRef=user:ana&permission=a&permission=b', /^permission: .*once/],
    ['userEntityRef=user:ana&permission=a&component=x', /component/],
  ])(
    'answers 400 for %s, naming the field and the reason',
    async (query, message) => {
      await expect(get(`explanation?${query}`, farid)).resolves.toMatchObject({
        status: 400,
        body: { error: { message: expect.stringMatching(message) } },
      });
    },
  );

  it('leaves the permission backend as it was', async () => {
    const response = await fetch(`${baseUrl}/health`);
    expect(response.status).toBe(200);
  });
});

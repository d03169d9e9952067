import { rootSystemMetadataServiceFactory } from '@backstage/backend-defaults/rootSystemMetadata';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { AddressInfo } from 'node:net';
import { permissionModuleSlipway } from './module';

const engineering: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'engineering', namespace: 'default' },
  spec: {},
};
const bookingTeam: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'booking-team', namespace: 'default' },
  spec: {},
  relations: [{ type: 'childOf', targetRef: 'group:default/engineering' }],
};

const roles = [
  {
    name: 'viewer',
    members: ['*'],
    allow: [{ permissions: ['delivery.*.read'] }],
  },
  {
    name: 'developer',
    members: ['group:default/engineering'],
    allow: [
      {
        permissions: ['delivery.rollout.create'],
        when: { owner: true, tiers: ['development', 'staging'] },
      },
    ],
  },
];

describe('the permission backend with the Slipway policy', () => {
  let backend: TestBackend;

  async function start(slipway: object) {
    backend = await startTestBackend({
      features: [
        permissionPlugin,
        permissionModuleSlipway,
        rootSystemMetadataServiceFactory,
        mockServices.rootConfig.factory({
          data: { permission: { enabled: true, slipway } },
        }),
        mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/ana',
            ownershipEntityRefs: [
              'user:default/ana',
              'group:default/booking-team',
            ],
          }),
        }).factory,
        catalogServiceMock.factory({ entities: [engineering, bookingTeam] }),
      ],
    });
  }

  afterEach(async () => {
    await backend?.stop();
  });

  async function ask(permission: object, authorization: string) {
    const { port } = backend.server.address() as AddressInfo;
    const response = await fetch(
      `http://127.0.0.1:${port}/api/permission/authorize`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', authorization },
        body: JSON.stringify({ items: [{ id: '1', permission }] }),
      },
    );
    expect(response.status).toBe(200);
    const { items } = await response.json();
    return items[0];
  }

  const rolloutCreate = {
    type: 'resource',
    name: 'delivery.rollout.create',
    attributes: { action: 'create' },
    resourceType: 'delivery-target',
  };
  const rolloutRead = {
    type: 'basic',
    name: 'delivery.rollout.read',
    attributes: { action: 'read' },
  };
  // Plugins ask on behalf of people; a person's own request may not ask for conditions.
  const ana = `Bearer ${mockCredentials.user.token('user:default/ana', {
    actor: { subject: 'plugin:delivery' },
  })}`;

  it('answers with what the roles of the person say', async () => {
    await start({ roles });
    await expect(ask(rolloutRead, ana)).resolves.toMatchObject({
      result: 'ALLOW',
    });
    await expect(
      ask({ ...rolloutRead, name: 'catalog.entity.create' }, ana),
    ).resolves.toMatchObject({ result: 'DENY' });
  });

  it('gives the conditions of a role that the person has through a group above the own', async () => {
    await start({ roles });
    await expect(ask(rolloutCreate, ana)).resolves.toMatchObject({
      result: 'CONDITIONAL',
      pluginId: 'delivery',
      resourceType: 'delivery-target',
      conditions: {
        allOf: [
          {
            rule: 'IS_COMPONENT_OWNER',
            params: {
              claims: ['user:default/ana', 'group:default/booking-team'],
            },
          },
          {
            rule: 'HAS_ENVIRONMENT_TIER',
            params: { tiers: ['development', 'staging'] },
          },
        ],
      },
    });
  });

  it('joins what several roles give', async () => {
    await start({
      roles: [
        ...roles,
        {
          name: 'tester',
          members: ['user:default/ana'],
          allow: [
            {
              permissions: ['delivery.rollout.*'],
              when: { tiers: ['staging'] },
            },
          ],
        },
      ],
    });
    const { conditions } = await ask(rolloutCreate, ana);
    expect(conditions.anyOf).toHaveLength(2);
  });

  it('stops the start with the place and the reason of a mistake', async () => {
    await expect(
      start({ roles: [{ ...roles[0], members: [] }] }),
    ).rejects.toThrow(/permission\.slipway\.roles\[0\]\.members: must have/);
  });
});

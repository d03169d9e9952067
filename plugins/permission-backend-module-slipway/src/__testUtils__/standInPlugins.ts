import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { z } from 'zod';

/** Stands in for the catalog plugin: its rule, and two of its permissions. */
export const catalogStandIn = createBackendPlugin({
  pluginId: 'catalog',
  register(env) {
    env.registerInit({
      deps: {
        registry: coreServices.permissionsRegistry,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
      },
      async init({ registry, auth, catalog }) {
        const resourceRef = createPermissionResourceRef<Entity, object>().with({
          pluginId: 'catalog',
          resourceType: 'catalog-entity',
        });
        registry.addResourceType({
          resourceRef,
          permissions: [
            permission('catalog.entity.read', 'read', 'catalog-entity'),
            permission('catalog.entity.delete', 'delete', 'catalog-entity'),
            permission('catalog.entity.create', 'create'),
          ],
          rules: [
            createPermissionRule({
              name: 'IS_ENTITY_OWNER',
              description: 'Allow for entities that one of the claims owns',
              resourceRef,
              paramsSchema: z.object({ claims: z.array(z.string()) }),
              apply: (entity, { claims }) =>
                ownersOf(entity).some(owner => claims.includes(owner)),
              toQuery: () => ({}),
            }),
          ],
          getResources: async refs => {
            const credentials = await auth.getOwnServiceCredentials();
            return Promise.all(
              refs.map(ref => catalog.getEntityByRef(ref, { credentials })),
            );
          },
        });
      },
    });
  },
});

interface Target {
  owner?: string;
  tier?: string;
}

/** Stands in for the delivery plugin, as the real one may not be imported here; packages/backend tests with that. */
export const deliveryStandIn = createBackendPlugin({
  pluginId: 'delivery',
  register(env) {
    env.registerInit({
      deps: {
        registry: coreServices.permissionsRegistry,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
      },
      async init({ registry, auth, catalog }) {
        const resourceRef = createPermissionResourceRef<Target, object>().with({
          pluginId: 'delivery',
          resourceType: 'delivery-target',
        });
        registry.addResourceType({
          resourceRef,
          permissions: [
            permission('delivery.rollout.create', 'create', 'delivery-target'),
            permission('delivery.rollout.read', 'read'),
          ],
          rules: [
            createPermissionRule({
              name: 'IS_COMPONENT_OWNER',
              description: 'Allow for components that one of the claims owns',
              resourceRef,
              paramsSchema: z.object({ claims: z.array(z.string()) }),
              apply: ({ owner }, { claims }) =>
                owner !== undefined && claims.includes(owner),
              toQuery: () => ({}),
            }),
            createPermissionRule({
              name: 'HAS_ENVIRONMENT_TIER',
              description: 'Allow for environments of the given tiers',
              resourceRef,
              paramsSchema: z.object({ tiers: z.array(z.string()) }),
              apply: ({ tier }, { tiers }) =>
                tier === undefined || tiers.includes(tier),
              toQuery: () => ({}),
            }),
          ],
          getResources: async refs => {
            const credentials = await auth.getOwnServiceCredentials();
            return Promise.all(
              refs.map(async ref => {
                const [component, environment] = await Promise.all(
                  ref
                    .split('@')
                    .map(each => catalog.getEntityByRef(each, { credentials })),
                );
                return (
                  component && {
                    owner: ownersOf(component)[0],
                    tier: environment && String(environment.spec?.tier),
                  }
                );
              }),
            );
          },
        });
      },
    });
  },
});

function ownersOf({ relations = [] }: Entity): string[] {
  return relations
    .filter(({ type }) => type === 'ownedBy')
    .map(({ targetRef }) => targetRef);
}

function permission(
  name: string,
  action: 'create' | 'read' | 'delete',
  resourceType?: string,
): Permission {
  const attributes = { action };
  return resourceType
    ? createPermission({ name, attributes, resourceType })
    : createPermission({ name, attributes });
}

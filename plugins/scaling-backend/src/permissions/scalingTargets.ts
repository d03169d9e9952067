import type { AuthService } from '@backstage/backend-plugin-api';
import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_SCALING_TARGET } from '@slipway/backstage-plugin-scaling-common';
import type {
  PermissionTarget,
  PermissionTargetQuery,
} from '@slipway/backstage-plugin-slipway-node';
import { canonicalRef, type CatalogReader } from '../catalog/CatalogReader';

export const scalingTargetResourceRef = createPermissionResourceRef<
  PermissionTarget,
  PermissionTargetQuery
>().with({ pluginId: 'scaling', resourceType: RESOURCE_TYPE_SCALING_TARGET });

/**
 * Loads what `<component ref>@<environment ref>` stands for, for decisions that the permission backend itself
 * evaluates.
 */
export function targetResources(catalog: CatalogReader, auth: AuthService) {
  return async (
    refs: string[],
  ): Promise<Array<PermissionTarget | undefined>> => {
    const credentials = await auth.getOwnServiceCredentials();
    return Promise.all(
      refs.map(async ref => {
        const [componentRef, environmentRef] = ref.split('@');
        const [component] = await catalog.components(
          [canonicalRef(componentRef)],
          credentials,
        );
        if (!component) return undefined;
        const environment = environmentRef
          ? await catalog.environment(canonicalRef(environmentRef), credentials)
          : undefined;
        if (environmentRef && !environment) return undefined;
        return {
          ...(component.ownerRef && { ownerRef: component.ownerRef }),
          ...(environment && { tier: environment.tier }),
        };
      }),
    );
  };
}

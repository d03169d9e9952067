import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_DELIVERY_TARGET } from '@slipway/backstage-plugin-delivery-common';
import {
  createTargetRules,
  type PermissionTarget,
  type PermissionTargetQuery,
} from '@slipway/backstage-plugin-slipway-node';

export const deliveryTargetResourceRef = createPermissionResourceRef<
  PermissionTarget,
  PermissionTargetQuery
>().with({ pluginId: 'delivery', resourceType: RESOURCE_TYPE_DELIVERY_TARGET });

export const deliveryRules = createTargetRules(deliveryTargetResourceRef);

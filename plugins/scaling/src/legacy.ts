/**
 * Slipway scaling for apps on Backstage's old frontend system: the same page and tab.
 *
 * @packageDocumentation
 */
import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { ScalingClient } from '@slipway/backstage-plugin-scaling-common';
import { scalingApiRef } from './api/scalingApi';
import { entityContentRouteRef, rolloutRouteRef, rootRouteRef } from './routes';

const rootLegacyRouteRef = convertLegacyRouteRef(rootRouteRef);
const entityContentLegacyRouteRef = convertLegacyRouteRef(
  entityContentRouteRef,
);

/** @public */
export const scalingPlugin = createPlugin({
  id: 'scaling',
  apis: [
    createApiFactory({
      api: scalingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new ScalingClient(apis),
    }),
  ],
  routes: {
    root: rootLegacyRouteRef,
    entityContent: entityContentLegacyRouteRef,
  },
  externalRoutes: { rollout: convertLegacyRouteRef(rolloutRouteRef) },
});

/** All that has replicas; for `/scaling`. @public */
export const ScalingPage = scalingPlugin.provide(
  createRoutableExtension({
    name: 'ScalingPage',
    mountPoint: rootLegacyRouteRef,
    component: () =>
      import('./legacy/LegacyScalingPage').then(m => m.LegacyScalingPage),
  }),
);

/** The "Scaling" tab of a component. @public */
export const EntityScalingContent = scalingPlugin.provide(
  createRoutableExtension({
    name: 'EntityScalingContent',
    mountPoint: entityContentLegacyRouteRef,
    component: () =>
      import('./legacy/LegacyEntityScaling').then(m => m.LegacyEntityScaling),
  }),
);

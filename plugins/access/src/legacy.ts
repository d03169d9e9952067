/**
 * Who may do what, and why, for apps on Backstage's old frontend system: the same pages.
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
import { AccessClient } from '@slipway/backstage-plugin-access-common';
import { accessApiRef } from './api/accessApi';
import { rootRouteRef } from './routes';

const rootLegacyRouteRef = convertLegacyRouteRef(rootRouteRef);

/** @public */
export const accessPlugin = createPlugin({
  id: 'access',
  apis: [
    createApiFactory({
      api: accessApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new AccessClient(apis),
    }),
  ],
  routes: { root: rootLegacyRouteRef },
});

/** Who may do what, and why; for `/access`. @public */
export const AccessPage = accessPlugin.provide(
  createRoutableExtension({
    name: 'AccessPage',
    mountPoint: rootLegacyRouteRef,
    component: () =>
      import('./legacy/LegacyAccessPage').then(m => m.LegacyAccessPage),
  }),
);

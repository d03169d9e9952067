/**
 * Slipway delivery for apps on Backstage's old frontend system: the same pages, cards and widgets.
 *
 * @packageDocumentation
 */
import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createCardExtension } from '@backstage/plugin-home-react';
import { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef } from './api/deliveryApi';
import {
  activeRolloutsWidgetSettings,
  componentHealthWidgetSettings,
  inboxWidgetSettings,
} from './extensions/homeWidgetSettings';
import {
  catalogRouteRef,
  createComponentRouteRef,
  entityContentRouteRef,
  rolloutRouteRef,
  rootRouteRef,
} from './routes';

const rootLegacyRouteRef = convertLegacyRouteRef(rootRouteRef);
const entityContentLegacyRouteRef = convertLegacyRouteRef(
  entityContentRouteRef,
);

/** @public */
export const deliveryPlugin = createPlugin({
  id: 'delivery',
  apis: [
    createApiFactory({
      api: deliveryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new DeliveryClient(apis),
    }),
  ],
  routes: {
    root: rootLegacyRouteRef,
    rollout: convertLegacyRouteRef(rolloutRouteRef),
    entityContent: entityContentLegacyRouteRef,
  },
  externalRoutes: {
    createComponent: convertLegacyRouteRef(createComponentRouteRef),
    catalog: convertLegacyRouteRef(catalogRouteRef),
  },
});

/** What runs where, and every rollout; for `/delivery`. @public */
export const DeliveryPage = deliveryPlugin.provide(
  createRoutableExtension({
    name: 'DeliveryPage',
    mountPoint: rootLegacyRouteRef,
    component: () =>
      import('./legacy/LegacyDeliveryPage').then(m => m.LegacyDeliveryPage),
  }),
);

/** The "Deployments" tab of a component. @public */
export const EntityDeploymentsContent = deliveryPlugin.provide(
  createRoutableExtension({
    name: 'EntityDeploymentsContent',
    mountPoint: entityContentLegacyRouteRef,
    component: () =>
      import('./legacy/LegacyEntityDeployments').then(
        m => m.LegacyEntityDeployments,
      ),
  }),
);

/** What runs where, on the overview of a component. @public */
export const EntityDeploymentsCard = deliveryPlugin.provide(
  createComponentExtension({
    name: 'EntityDeploymentsCard',
    component: {
      lazy: () =>
        import('./legacy/LegacyEntityDeploymentsCard').then(
          m => m.LegacyEntityDeploymentsCard,
        ),
    },
  }),
);

/** Home widget: what waits for the person. @public */
export const DeliveryInbox = deliveryPlugin.provide(
  createCardExtension({
    ...inboxWidgetSettings,
    components: () => import('./legacy/homeWidgets').then(m => m.inboxParts),
  }),
);

/** Home widget: what is being rolled out. @public */
export const DeliveryActiveRollouts = deliveryPlugin.provide(
  createCardExtension({
    ...activeRolloutsWidgetSettings,
    components: () =>
      import('./legacy/homeWidgets').then(m => m.activeRolloutsParts),
  }),
);

/** Home widget: how the person's components are. @public */
export const DeliveryComponentHealth = deliveryPlugin.provide(
  createCardExtension({
    ...componentHealthWidgetSettings,
    components: () =>
      import('./legacy/homeWidgets').then(m => m.componentHealthParts),
  }),
);

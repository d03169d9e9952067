import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import SailingIcon from '@mui/icons-material/Sailing';
import { activeRolloutsWidget } from './extensions/activeRolloutsWidget';
import { componentHealthWidget } from './extensions/componentHealthWidget';
import { deliveryApi } from './extensions/deliveryApi';
import { deliveryPage } from './extensions/deliveryPage';
import { entityDeploymentsCard } from './extensions/entityDeploymentsCard';
import { entityDeploymentsContent } from './extensions/entityDeploymentsContent';
import { inboxWidget } from './extensions/inboxWidget';
import {
  approvalsRouteRef,
  calendarRouteRef,
  catalogRouteRef,
  createComponentRouteRef,
  entityContentRouteRef,
  pipelinesRouteRef,
  promotionRouteRef,
  promotionsRouteRef,
  rolloutRouteRef,
  rolloutsRouteRef,
  rootRouteRef,
} from './routes';

/** Slipway delivery for the new frontend system. */
export const deliveryPlugin = createFrontendPlugin({
  pluginId: 'delivery',
  title: 'Delivery',
  icon: <SailingIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    rollouts: rolloutsRouteRef,
    rollout: rolloutRouteRef,
    promotions: promotionsRouteRef,
    promotion: promotionRouteRef,
    approvals: approvalsRouteRef,
    pipelines: pipelinesRouteRef,
    calendar: calendarRouteRef,
    entityContent: entityContentRouteRef,
  },
  externalRoutes: {
    createComponent: createComponentRouteRef,
    catalog: catalogRouteRef,
  },
  extensions: [
    deliveryApi,
    deliveryPage,
    entityDeploymentsContent,
    entityDeploymentsCard,
    inboxWidget,
    activeRolloutsWidget,
    componentHealthWidget,
  ],
});

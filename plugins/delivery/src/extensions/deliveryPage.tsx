import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { DeliveryNavIcon } from '../components/DeliveryNavIcon';
import { rootRouteRef } from '../routes';

/** `page:delivery`: what runs where, and every rollout. Title and icon make the navigation item too: the icon counts what waits for the person. */
export const deliveryPage = PageBlueprint.make({
  params: {
    path: '/delivery',
    title: 'Delivery',
    icon: <DeliveryNavIcon />,
    routeRef: rootRouteRef,
    loader: () =>
      import('../pages/DeliveryRouter').then(m => <m.DeliveryRouter />),
  },
});

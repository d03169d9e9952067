import { PageBlueprint } from '@backstage/frontend-plugin-api';
import SailingIcon from '@mui/icons-material/Sailing';
import { rootRouteRef } from '../routes';

/** `page:delivery`: what runs where, and every rollout. Title and icon make the navigation item too. */
export const deliveryPage = PageBlueprint.make({
  params: {
    path: '/delivery',
    title: 'Delivery',
    icon: <SailingIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () =>
      import('../pages/DeliveryRouter').then(m => <m.DeliveryRouter />),
  },
});

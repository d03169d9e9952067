import { PageBlueprint } from '@backstage/frontend-plugin-api';
import KeyIcon from '@mui/icons-material/VpnKeyOutlined';
import { rootRouteRef } from '../routes';

/** `page:access`: who may do what, and why. Title and icon make the navigation item too. */
export const accessPage = PageBlueprint.make({
  params: {
    path: '/access',
    title: 'Access',
    icon: <KeyIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () => import('../pages/AccessRouter').then(m => <m.AccessRouter />),
  },
});

import { PageBlueprint } from '@backstage/frontend-plugin-api';
import ScaleIcon from '@mui/icons-material/AutoGraph';
import { rootRouteRef } from '../routes';

/** `page:scaling`: all that has replicas. */
export const scalingPage = PageBlueprint.make({
  params: {
    path: '/scaling',
    title: 'Scaling',
    icon: <ScaleIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () => import('../pages/ScalingPage').then(m => <m.ScalingPage />),
  },
});

import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import ScaleIcon from '@mui/icons-material/AutoGraph';
import { entityScalingContent } from './extensions/entityScalingContent';
import { scalingApi } from './extensions/scalingApi';
import { scalingPage } from './extensions/scalingPage';
import { entityContentRouteRef, rolloutRouteRef, rootRouteRef } from './routes';

/** Slipway scaling for the new frontend system. */
export const scalingPlugin = createFrontendPlugin({
  pluginId: 'scaling',
  title: 'Scaling',
  icon: <ScaleIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  externalRoutes: { rollout: rolloutRouteRef },
  extensions: [scalingApi, scalingPage, entityScalingContent],
});

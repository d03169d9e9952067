import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import KeyIcon from '@mui/icons-material/VpnKeyOutlined';
import { accessApi } from './extensions/accessApi';
import { accessPage } from './extensions/accessPage';
import { rootRouteRef } from './routes';

/** Who may do what, and why, for the new frontend system. */
export const accessPlugin = createFrontendPlugin({
  pluginId: 'access',
  title: 'Access',
  icon: <KeyIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [accessApi, accessPage],
});

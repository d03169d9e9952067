import { createApp } from '@backstage/frontend-defaults';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';

// Plugins are discovered from the dependencies in package.json (app.packages in app-config.yaml).
export default createApp({
  features: [homeModule, navModule, signInModule, themeModule],
});

import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import { UnifiedThemeProvider, type UnifiedTheme } from '@backstage/theme';
import DarkModeIcon from '@mui/icons-material/DarkModeOutlined';
import LightModeIcon from '@mui/icons-material/LightModeOutlined';
import type { ReactElement } from 'react';
import { darkTheme, lightTheme } from './themes';

function themeExtension(options: {
  variant: 'light' | 'dark';
  title: string;
  icon: ReactElement;
  theme: UnifiedTheme;
}) {
  const { variant, title, icon, theme } = options;
  // The names of Backstage's own themes, so that ours take their place instead of standing beside them.
  return ThemeBlueprint.make({
    name: variant,
    params: {
      theme: {
        id: variant,
        title,
        variant,
        icon,
        Provider: ({ children }) => (
          <UnifiedThemeProvider theme={theme} themeName="slipway">
            {children}
          </UnifiedThemeProvider>
        ),
      },
    },
  });
}

export const themeModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    themeExtension({
      variant: 'light',
      title: 'Light',
      icon: <LightModeIcon />,
      theme: lightTheme,
    }),
    themeExtension({
      variant: 'dark',
      title: 'Dark',
      icon: <DarkModeIcon />,
      theme: darkTheme,
    }),
  ],
});

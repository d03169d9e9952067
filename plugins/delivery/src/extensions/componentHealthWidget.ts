import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { componentHealthWidgetSettings } from './homeWidgetSettings';

/** `home-page-widget:delivery/component-health`. */
export const componentHealthWidget = HomePageWidgetBlueprint.make({
  name: 'component-health',
  params: {
    ...componentHealthWidgetSettings,
    components: () =>
      import('../components/HomeWidgets/ComponentHealthContent').then(m => ({
        Content: m.ComponentHealthContent,
      })),
  },
});

import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { activeRolloutsWidgetSettings } from './homeWidgetSettings';

/** `home-page-widget:delivery/active-rollouts`. */
export const activeRolloutsWidget = HomePageWidgetBlueprint.make({
  name: 'active-rollouts',
  params: {
    ...activeRolloutsWidgetSettings,
    components: () =>
      import('../components/HomeWidgets/ActiveRolloutsContent').then(m => ({
        Content: m.ActiveRolloutsContent,
      })),
  },
});

import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { inboxWidgetSettings } from './homeWidgetSettings';

/** `home-page-widget:delivery/inbox`. */
export const inboxWidget = HomePageWidgetBlueprint.make({
  name: 'inbox',
  params: {
    ...inboxWidgetSettings,
    components: () =>
      import('../components/HomeWidgets/InboxContent').then(m => ({
        Content: m.InboxContent,
      })),
  },
});

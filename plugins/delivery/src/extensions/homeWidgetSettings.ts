// Shared by the new and the legacy frontend system, so that a saved home page finds its widgets in both. The names are
// what home page configuration refers to.

/** What waits for the signed-in person. */
export const inboxWidgetSettings = {
  name: 'DeliveryInbox',
  title: 'Waiting for you',
  description: 'Rollouts that go on only when you decide',
  layout: {
    width: { minColumns: 4, defaultColumns: 6 },
    height: { minRows: 4, defaultRows: 6 },
  },
};

/** What is being rolled out. */
export const activeRolloutsWidgetSettings = {
  name: 'DeliveryActiveRollouts',
  title: 'Rolling out now',
  description: 'Rollouts under way, with their share of traffic',
  layout: {
    width: { minColumns: 4, defaultColumns: 6 },
    height: { minRows: 4, defaultRows: 6 },
  },
};

/** How the signed-in person's components are. */
export const componentHealthWidgetSettings = {
  name: 'DeliveryComponentHealth',
  title: 'Health of your components',
  description: 'What you own, in every environment, worst first',
  layout: {
    width: { minColumns: 4, defaultColumns: 6 },
    height: { minRows: 4, defaultRows: 6 },
  },
};

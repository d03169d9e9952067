/** The list's state in the URL, with its defaults. */
export const rolloutsUrlDefaults = {
  component: '',
  environment: '',
  active: '',
  waiting: '',
  sort: '-createdAt',
  cursor: '',
};

export type RolloutsUrlState = typeof rolloutsUrlDefaults;

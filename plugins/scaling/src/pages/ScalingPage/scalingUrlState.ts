/** What the list shows, in the URL. */
export const scalingUrlDefaults = {
  search: '',
  driver: '',
  attention: '',
  sort: 'component',
  cursor: '',
};

export type ScalingUrlState = typeof scalingUrlDefaults;

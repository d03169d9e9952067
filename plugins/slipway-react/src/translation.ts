import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * The texts of what all Slipway pages share, in English. Portals translate or reword them with a translation resource.
 *
 * @public
 */
export const slipwayTranslationRef = createTranslationRef({
  id: 'slipway',
  messages: {
    states: {
      loading: 'Loading',
      retry: 'Try again',
      stale: 'What is shown below was read before that.',
    },
  },
});

import {
  createTranslationRef,
  type TranslationRef,
} from '@backstage/frontend-plugin-api';

/**
 * The texts of what all Slipway pages share, in English. Portals translate or reword them with a translation resource.
 *
 * @public
 */
export const slipwayTranslationRef: TranslationRef<
  'slipway',
  {
    readonly 'reason.cancel': string;
    readonly 'reason.help': string;
    readonly 'reason.label': string;
    readonly 'states.loading': string;
    readonly 'states.retry': string;
    readonly 'states.stale': string;
  }
> = createTranslationRef({
  id: 'slipway',
  messages: {
    reason: {
      label: 'Reason',
      help: 'At least three characters. Kept in the history, for those who come after you.',
      cancel: 'Cancel',
    },
    states: {
      loading: 'Loading',
      retry: 'Try again',
      stale: 'What is shown below was read before that.',
    },
  },
});

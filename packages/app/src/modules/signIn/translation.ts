import { createTranslationRef } from '@backstage/frontend-plugin-api';

export const signInTranslationRef = createTranslationRef({
  id: 'app.sign-in',
  messages: {
    title: 'Sign in to {{app}}',
    nothingConfigured:
      'There is no way to sign in. Add one to app.signIn.methods in the config of this portal.',
    failed: 'Could not sign in. {{reason}}',
    exampleUsers: {
      heading: 'Choose an example user',
      notice:
        'Made-up people, without passwords, for development. Sign out in the settings to be somebody else.',
      filter: 'Filter by name, team or role',
      noMatch: 'Nobody matches.',
      loading: 'Loading the example users',
      waiting:
        'The catalog has no users yet. It may still be reading its files.',
      listFailed: 'Could not load the example users. {{reason}}',
      retry: 'Try again',
      noRole: 'No role',
    },
    providers: {
      github: 'Sign in with GitHub',
      oidc: 'Sign in with single sign-on',
      or: 'or',
    },
  },
});

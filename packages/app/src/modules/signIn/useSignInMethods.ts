import type { IdentityApi } from '@backstage/core-plugin-api';
import {
  configApiRef,
  discoveryApiRef,
  githubAuthApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { useState } from 'react';
import { ExampleUserIdentity } from './ExampleUserIdentity';
import { ExampleUsersClient } from './ExampleUsersClient';
import { oidcAuthApiRef } from './oidcAuthApi';
import { providerIdentity, type ProviderAuthApi } from './providerIdentity';
import { readSignInMethods } from './readSignInMethods';

interface SignInMethods {
  /** There if example users may be chosen. */
  exampleUsers?: ExampleUsersClient;
  providers: Array<{ id: 'github' | 'oidc'; authApi: ProviderAuthApi }>;
  /** How to find out who was signed in before, in the order of the config. */
  waysToResume: Array<() => Promise<IdentityApi | undefined>>;
}

/** What `app.signIn.methods` offers. The same objects for as long as the page is there. */
export function useSignInMethods(): SignInMethods {
  const config = useApi(configApiRef);
  const discovery = useApi(discoveryApiRef);
  const authApis = {
    github: useApi(githubAuthApiRef),
    oidc: useApi(oidcAuthApiRef),
  };

  const [methods] = useState(() => {
    const result: SignInMethods = { providers: [], waysToResume: [] };
    for (const id of readSignInMethods(config)) {
      if (id === 'exampleUsers') {
        const client = new ExampleUsersClient(discovery);
        result.exampleUsers = client;
        result.waysToResume.push(async () => {
          const session = await client.resume();
          return session && new ExampleUserIdentity(client, session);
        });
      } else {
        const authApi = authApis[id];
        result.providers.push({ id, authApi });
        result.waysToResume.push(() =>
          providerIdentity(authApi, { optional: true }),
        );
      }
    }
    return result;
  });
  return methods;
}

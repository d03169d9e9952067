import type { ConfigApi } from '@backstage/frontend-plugin-api';

const METHODS = ['exampleUsers', 'github', 'oidc'] as const;

type SignInMethod = (typeof METHODS)[number];

/**
 * The ways to sign in that `app.signIn.methods` offers, in its order.
 *
 * Throws if the config names one that does not exist.
 */
export function readSignInMethods(config: ConfigApi): SignInMethod[] {
  const names = config.getOptionalStringArray('app.signIn.methods') ?? [];
  return names.map(name => {
    const method = METHODS.find(known => known === name);
    if (!method) {
      throw new Error(
        `app.signIn.methods: there is no "${name}"; choose from ${METHODS.join(', ')}`,
      );
    }
    return method;
  });
}

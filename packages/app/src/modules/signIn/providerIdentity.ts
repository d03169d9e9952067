import { UserIdentity } from '@backstage/core-components';
import type {
  AuthRequestOptions,
  BackstageIdentityApi,
  IdentityApi,
  ProfileInfoApi,
  SessionApi,
} from '@backstage/core-plugin-api';

export type ProviderAuthApi = BackstageIdentityApi &
  ProfileInfoApi &
  SessionApi;

/**
 * The identity that a provider such as GitHub gives. With `optional` it is undefined when nobody is signed in;
 * with `instantPopup` the provider's window opens, which browsers allow only right after a click.
 */
export async function providerIdentity(
  authApi: ProviderAuthApi,
  options: AuthRequestOptions,
): Promise<IdentityApi | undefined> {
  const session = await authApi.getBackstageIdentity(options);
  if (!session) {
    return undefined;
  }
  return UserIdentity.create({
    identity: session.identity,
    authApi,
    profile: await authApi.getProfile(),
  });
}

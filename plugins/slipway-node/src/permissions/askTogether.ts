import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type {
  AuthorizePermissionRequest,
  AuthorizePermissionResponse,
  QueryPermissionRequest,
  QueryPermissionResponse,
} from '@backstage/plugin-permission-common';
import DataLoader from 'dataloader';

/**
 * The same permission framework, asked once for all that one request wants to know at the same moment: every question
 * is a call over the network. No answer is kept.
 */
export function askTogether(
  permissions: PermissionsService,
): PermissionsService {
  const definite = byCredentials<
    AuthorizePermissionRequest,
    AuthorizePermissionResponse
  >((requests, credentials) =>
    permissions.authorize(requests, { credentials }),
  );
  const conditional = byCredentials<
    QueryPermissionRequest,
    QueryPermissionResponse
  >((requests, credentials) =>
    permissions.authorizeConditional(requests, { credentials }),
  );
  return {
    authorize: async (requests, { credentials }) =>
      Promise.all(requests.map(request => definite(credentials).load(request))),
    authorizeConditional: async (requests, { credentials }) =>
      Promise.all(
        requests.map(request => conditional(credentials).load(request)),
      ),
  };
}

function byCredentials<Q, A>(
  ask: (requests: Q[], credentials: BackstageCredentials) => Promise<A[]>,
): (credentials: BackstageCredentials) => DataLoader<Q, A> {
  const loaders = new WeakMap<BackstageCredentials, DataLoader<Q, A>>();
  return credentials => {
    let loader = loaders.get(credentials);
    if (!loader) {
      loader = new DataLoader(requests => ask([...requests], credentials), {
        cache: false,
      });
      loaders.set(credentials, loader);
    }
    return loader;
  };
}

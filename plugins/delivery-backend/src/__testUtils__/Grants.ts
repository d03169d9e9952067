import {
  type BackendFeature,
  type BackstageCredentials,
  coreServices,
  createServiceFactory,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type DefinitivePolicyDecision,
  type Permission,
} from '@backstage/plugin-permission-common';

/**
 * Who may do what, to be changed while the backend runs. It stands in for the permission backend where a test is about
 * the moment of a decision; the real policy with the real roles is tested in packages/backend.
 */
export class Grants {
  readonly #refused = new Map<string, (permission: string) => boolean>();

  /** From now on. People who are not named may do everything. */
  refuse(userRef: string, permission: (name: string) => boolean): void {
    this.#refused.set(userRef, permission);
  }

  get feature(): BackendFeature {
    const decide = async (
      requests: Array<{ permission: Permission }>,
      { credentials }: { credentials: BackstageCredentials },
    ): Promise<DefinitivePolicyDecision[]> =>
      requests.map(({ permission }) => ({
        result: this.#isRefused(credentials, permission)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      }));
    const service: PermissionsService = {
      authorize: (requests, options) => decide(requests, options!),
      authorizeConditional: (requests, options) => decide(requests, options!),
    };
    return createServiceFactory({
      service: coreServices.permissions,
      deps: {},
      factory: () => service,
    });
  }

  #isRefused(
    { principal }: BackstageCredentials,
    { name }: Permission,
  ): boolean {
    const ref = (principal as { userEntityRef?: string }).userEntityRef;
    return (ref && this.#refused.get(ref)?.(name)) || false;
  }
}

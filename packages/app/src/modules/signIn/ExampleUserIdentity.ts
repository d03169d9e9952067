import type {
  BackstageUserIdentity,
  IdentityApi,
  ProfileInfo,
} from '@backstage/core-plugin-api';
import type {
  ExampleUsersClient,
  ExampleUserSession,
} from './ExampleUsersClient';

/** A new token is fetched this long before the old one expires, in milliseconds. */
const MARGIN_MS = 5 * 60_000;
/** How long a token without an expiry is used, in milliseconds. */
const WITHOUT_EXPIRY_MS = 10 * 60_000;

/** Who the portal thinks is there while an example user is signed in. */
export class ExampleUserIdentity implements IdentityApi {
  #session: ExampleUserSession;
  #refreshAt: number;
  #refreshing?: Promise<void>;

  constructor(
    private readonly client: Pick<ExampleUsersClient, 'resume' | 'signOut'>,
    session: ExampleUserSession,
  ) {
    this.#session = session;
    this.#refreshAt = refreshTime(session);
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return this.#session.profile;
  }

  async getBackstageIdentity(): Promise<BackstageUserIdentity> {
    return this.#session.backstageIdentity.identity;
  }

  /** Throws if the session has ended, or belongs to somebody else by now. */
  async getCredentials(): Promise<{ token: string }> {
    if (Date.now() >= this.#refreshAt) {
      this.#refreshing ??= this.#refresh().finally(() => {
        this.#refreshing = undefined;
      });
      await this.#refreshing;
    }
    return { token: this.#session.backstageIdentity.token };
  }

  async signOut(): Promise<void> {
    await this.client.signOut();
  }

  async #refresh() {
    const session = await this.client.resume();
    const before = this.#session.backstageIdentity.identity.userEntityRef;
    // Another tab may have signed out, or in as somebody else: this one must not go on under a mixed identity.
    if (session?.backstageIdentity.identity.userEntityRef !== before) {
      throw new Error(
        `${before} is not signed in any more in this browser. Reload the page.`,
      );
    }
    this.#session = session;
    this.#refreshAt = refreshTime(session);
  }
}

function refreshTime({ backstageIdentity }: ExampleUserSession): number {
  const { expiresInSeconds } = backstageIdentity;
  const lifetime =
    expiresInSeconds === undefined
      ? WITHOUT_EXPIRY_MS
      : Math.max(expiresInSeconds * 1000 - MARGIN_MS, 0);
  return Date.now() + lifetime;
}

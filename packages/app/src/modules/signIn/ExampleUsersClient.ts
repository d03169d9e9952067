import type {
  BackstageUserIdentity,
  DiscoveryApi,
  ProfileInfo,
} from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';

/** A person who can be chosen, as the auth module for example users lists them. */
export interface ExampleUser {
  userEntityRef: string;
  name: string;
  displayName: string;
  jobTitle?: string;
  teams: string[];
  roles: string[];
}

/** What the backend answers when somebody is signed in. */
export interface ExampleUserSession {
  profile: ProfileInfo;
  backstageIdentity: {
    token: string;
    /** Seconds until the token expires. */
    expiresInSeconds?: number;
    identity: BackstageUserIdentity;
  };
}

/** Talks to the auth module for example users. All methods throw a ResponseError for what is not 2xx. */
export class ExampleUsersClient {
  constructor(private readonly discoveryApi: DiscoveryApi) {}

  async list(): Promise<ExampleUser[]> {
    const response = await this.#fetch('users', { method: 'GET' });
    const { items }: { items: ExampleUser[] } = await response.json();
    return items;
  }

  async signIn(userEntityRef: string): Promise<ExampleUserSession> {
    const response = await this.#fetch('refresh', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ userEntityRef }),
    });
    return response.json();
  }

  /** The session of who was chosen before in this browser, or undefined if nobody was. */
  async resume(): Promise<ExampleUserSession | undefined> {
    try {
      const response = await this.#fetch('refresh', { method: 'GET' });
      return await response.json();
    } catch (error) {
      if (error instanceof ResponseError && error.statusCode < 500) {
        return undefined;
      }
      throw error;
    }
  }

  async signOut(): Promise<void> {
    await this.#fetch('logout', { method: 'POST' });
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const baseUrl = await this.discoveryApi.getBaseUrl('auth');
    // Not the app's fetch API: that one waits until somebody is signed in.
    const response = await fetch(`${baseUrl}/exampleUsers/${path}`, {
      ...init,
      credentials: 'include',
      headers: { ...init.headers, 'X-Requested-With': 'XMLHttpRequest' },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { explainApiError } from './errors/explainApiError';

/** Calls a plugin's API in the name of whoever runs the task: the API decides what they may do and records that it was them. */
export class AsCaller<Client> {
  constructor(
    private readonly pluginId: string,
    private readonly client: Client,
    private readonly auth: AuthService,
    private readonly credentials: BackstageCredentials,
  ) {}

  /** A token is asked for with every call: a task that waits for a person outlives one. */
  async call<T>(
    send: (
      client: Client,
      options: { token: string; signal?: AbortSignal },
    ) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { auth, client, credentials, pluginId } = this;
    try {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: pluginId,
      });
      return await send(client, { token, signal });
    } catch (error) {
      throw explainApiError(`The ${pluginId} API`, error);
    }
  }
}

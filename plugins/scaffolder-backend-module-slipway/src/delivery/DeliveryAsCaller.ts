import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type {
  DeliveryClient,
  DeliveryRequestOptions,
} from '@slipway/backstage-plugin-delivery-common';
import { explainApiError } from '../errors/explainApiError';

/**
 * Calls the delivery API in the name of whoever runs the task: the API decides what they may do and records that it
 * was them.
 */
export class DeliveryAsCaller {
  constructor(
    private readonly client: DeliveryClient,
    private readonly auth: AuthService,
    private readonly credentials: BackstageCredentials,
  ) {}

  /** A token is asked for with every call: a task that waits for a person outlives one. */
  async call<T>(
    send: (
      client: DeliveryClient,
      options: DeliveryRequestOptions,
    ) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    try {
      const { token } = await this.auth.getPluginRequestToken({
        onBehalfOf: this.credentials,
        targetPluginId: 'delivery',
      });
      return await send(this.client, { token, signal });
    } catch (error) {
      throw explainApiError('The delivery API', error);
    }
  }
}

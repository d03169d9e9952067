import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import { AsCaller } from '../AsCaller';

/** The delivery API, called in the name of whoever runs the task. */
export class DeliveryAsCaller extends AsCaller<DeliveryClient> {
  constructor(
    client: DeliveryClient,
    auth: AuthService,
    credentials: BackstageCredentials,
  ) {
    super('delivery', client, auth, credentials);
  }
}

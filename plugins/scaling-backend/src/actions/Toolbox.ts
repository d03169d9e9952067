import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { NotAllowedError } from '@backstage/errors';
import type { Caller } from '@slipway/backstage-plugin-slipway-node';
import type { ScalingServices } from '../router/ScalingServices';

/** What each action is made with. */
export interface Toolbox {
  registry: ActionsRegistryService;
  services: ScalingServices;
  auth: AuthService;
}

/** Whoever stands behind an action, so that an agent may do what that person may, and no more. */
export function callerOf(
  { auth }: Toolbox,
  credentials: BackstageCredentials,
  idempotencyKey?: string,
): Caller {
  if (
    auth.isPrincipal(credentials, 'user') ||
    auth.isPrincipal(credentials, 'service')
  )
    return { credentials, ...(idempotencyKey && { idempotencyKey }) };
  throw new NotAllowedError('Nobody is signed in');
}

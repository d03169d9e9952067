import { NotAllowedError } from '@backstage/errors';
import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';

/** Who asks for something, and how. */
export interface Caller {
  credentials: BackstageCredentials<
    BackstageUserPrincipal | BackstageServicePrincipal
  >;
  /** Carried out once for each key and caller. */
  idempotencyKey?: string;
  /** The HTTP request, for the audit log. */
  request?: Request;
}

/** The caller as events record it. */
export function actorOf({ credentials: { principal } }: Caller): {
  type: 'user' | 'service';
  /** Entity reference of the user, or the service's subject. */
  id: string;
} {
  return principal.type === 'user'
    ? { type: 'user', id: principal.userEntityRef }
    : { type: 'service', id: principal.subject };
}

/** The plugin that calls, for itself or for a person, such as `plugin:scaling`. */
export function pluginOf({
  credentials: { principal },
}: Caller): string | undefined {
  const service = principal.type === 'user' ? principal.actor : principal;
  return service?.subject.startsWith('plugin:') ? service.subject : undefined;
}

/** The person who calls. Throws `NotAllowedError` for a service. */
export function userOf({ credentials: { principal } }: Caller): string {
  if (principal.type !== 'user')
    throw new NotAllowedError('Only people vote; services do not');
  return principal.userEntityRef;
}

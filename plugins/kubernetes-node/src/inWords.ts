import { ConflictError, InputError } from '@backstage/errors';
import { ClusterResponseError } from './ClusterResponseError';

/** Where in Kubernetes an environment lies. @public */
export interface Place {
  /** A cluster's name as under `kubernetes.clusterLocatorMethods`. */
  cluster: string;
  namespace: string;
}

/** Somebody wrote the object after it was read; whoever reads it again may go on. @public */
export class LostRaceError extends Error {
  name = 'LostRaceError';
}

/**
 * What an answer of a cluster means, in words: `InputError` or `ConflictError` when trying again does not help,
 * `LostRaceError`, or an `Error` for what may pass.
 *
 * @public
 */
export function inWords(
  error: unknown,
  { cluster, namespace }: Place,
  /** The file with the role that is needed. */
  role = 'rbac.yaml',
): Error {
  if (!(error instanceof ClusterResponseError))
    return error instanceof Error ? error : new Error(String(error));
  const { kubernetes, status, message } = error;
  if (!kubernetes)
    return status === 404
      ? new InputError(`spec.target.cluster: ${message}`)
      : new Error(
          `Cluster '${cluster}' does not answer: ${message} (HTTP ${status} from the Kubernetes plugin)`,
        );
  const { details, reason } = kubernetes;
  if (status === 401)
    return new InputError(
      `Cluster '${cluster}' refuses the portal's credentials: they have expired or are wrong. Give it a new token where it is listed under kubernetes.clusterLocatorMethods`,
    );
  if (
    status === 404 &&
    details?.kind === 'namespaces' &&
    details.name === namespace
  )
    return new InputError(
      `spec.target.namespace: there is no namespace '${namespace}' in cluster '${cluster}'; create it, and give Slipway its role there (rbac.yaml)`,
    );
  if (status === 403) return forbidden(message, { cluster, namespace }, role);
  if (status === 409)
    return details?.causes?.some(
      cause => cause.reason === 'FieldManagerConflict',
    )
      ? fieldConflict(error)
      : new LostRaceError(message);
  if (status === 422 || status === 400)
    return new InputError(
      `Cluster '${cluster}' does not take ${details?.kind ?? 'it'} ${details?.name ?? ''}: ${causes(error) || message}${/immutable/.test(message) ? '. What cannot be changed stays as it was made: give the object another name, or delete it in the cluster first, which stops what it runs' : ''}`,
    );
  return new Error(
    `Cluster '${cluster}' answers with ${reason ?? status}: ${message}`,
  );
}

// The quota of a namespace answers with the same status as missing rights, and with other words.
function forbidden(
  message: string,
  { cluster, namespace }: Place,
  role: string,
): Error {
  if (message.includes('exceeded quota'))
    return new InputError(
      `Namespace '${namespace}' of cluster '${cluster}' has used up its quota (${quotaPart(message)}); ask for more, or free some`,
    );
  if (/is being terminated/.test(message))
    return new InputError(
      `spec.target.namespace: namespace '${namespace}' of cluster '${cluster}' is being deleted`,
    );
  if (/cannot \w+ resource/.test(message))
    return new InputError(
      `Cluster '${cluster}' does not let Slipway work in namespace '${namespace}': ${message}. Bind the role of ${role} to the portal's service account there`,
    );
  return new InputError(
    `Cluster '${cluster}' refuses it by a rule of its own: ${message}`,
  );
}

/** Of the words in which a quota refuses, those that name the quota. @public */
export function quotaPart(message: string): string {
  return message.slice(message.indexOf('exceeded quota'));
}

/** The fields that a server-side apply was refused for, with their owners; none when it was refused for anything else. @public */
export function fieldConflicts(
  error: unknown,
): Array<{ field: string; owner: string }> {
  if (!(error instanceof ClusterResponseError)) return [];
  return (error.kubernetes?.details?.causes ?? [])
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ field = 'a field', message = '' }) => ({
      field,
      owner:
        /conflict with "([^"]+)"/.exec(message)?.[1] ??
        (message || 'somebody else'),
    }));
}

function fieldConflict(error: ClusterResponseError): Error {
  const { kubernetes, message } = error;
  const owned = fieldConflicts(error).map(
    ({ field, owner }) => `${field} belongs to ${owner}`,
  );
  const { kind = 'object', name = '' } = kubernetes?.details ?? {};
  return new ConflictError(
    owned.length
      ? `Somebody else manages fields of ${kind} ${name} that Slipway sets: ${owned.join('; ')}. Nothing was overwritten. Let that owner give them up (kubectl get ${kind} ${name} --show-managed-fields -o yaml shows them), then try again`
      : message,
  );
}

function causes({ kubernetes }: ClusterResponseError): string {
  return (kubernetes?.details?.causes ?? [])
    .map(({ field, message }) => (field ? `${field}: ${message}` : message))
    .join('; ');
}

import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { AnalysisSubject } from '@slipway/backstage-plugin-delivery-node';

/** Which of the two releases a query is asked about. */
export type Role = 'canary' | 'stable';

/**
 * The value of each variable for one of the two releases. It throws `InputError` for what is not known; whoever asks
 * for the stable release has made sure that there is one.
 */
export function variablesOf(
  subject: AnalysisSubject,
  role: Role,
  durations: { window?: number; step?: number },
): (name: string) => string {
  const { target, releaseId, version, stableReleaseId, stableVersion } =
    subject;
  const known: Record<string, string | undefined> = {
    component: parseEntityRef(target.componentRef).name,
    componentRef: target.componentRef,
    environment: target.environmentName,
    role,
    release: role === 'canary' ? releaseId : stableReleaseId,
    version: role === 'canary' ? version : stableVersion,
    'stable.release': stableReleaseId,
    'stable.version': stableVersion,
    window: duration(durations.window),
    step: duration(durations.step),
  };
  return name => {
    const value = name.startsWith('target.')
      ? setting(subject, name.slice('target.'.length))
      : known[name];
    if (value === undefined)
      throw new InputError(`'{{ ${name} }}' of 'query' is not known here`);
    return value;
  };
}

function duration(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : `${Math.floor(seconds)}s`;
}

function setting({ target }: AnalysisSubject, key: string): string {
  const value = target.settings[key];
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new InputError(
      `'query' asks for spec.target.${key} of ${target.environmentRef}, which is ${value === undefined ? 'not there' : 'neither text nor number'}`,
    );
  return String(value);
}

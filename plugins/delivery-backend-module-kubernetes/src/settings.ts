import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { AllowedRepositories } from './manifests/AllowedRepositories';
import type { Binaries } from './manifests/findBinary';

/** All that can be told in `delivery.kubernetes`, with what is left out filled in. */
export interface KubernetesSettings {
  /** Whether images may be named by a tag alone. */
  allowTags: boolean;
  /** How long a Deployment may make no progress until its release counts as ill. */
  progressDeadlineSeconds: number;
  /** Whether objects are watched, instead of being listed for every look. */
  watch: boolean;
  /** How long a command before or after a rollout may take. */
  commandTimeoutSeconds: number;
  /** How long copies stay after traffic has been taken from them. */
  drainSeconds: number;
  /** Programs that render manifests. */
  binaries: Binaries;
  /** Where manifests may come from. */
  repositories: AllowedRepositories;
}

/** Throws `InputError` naming the key. */
export function readSettings(config: Config): KubernetesSettings {
  const own = config.getOptionalConfig('delivery.kubernetes');
  const whole = (
    key: string,
    otherwise: number,
    min: number,
    max = Infinity,
  ) => {
    const value = own?.getOptionalNumber(key) ?? otherwise;
    if (!Number.isInteger(value) || value < min || value > max)
      throw new InputError(
        `delivery.kubernetes.${key} is ${value}, but must be a whole number of ${min} ${max === Infinity ? 'or more' : `to ${max}`}`,
      );
    return value;
  };
  return {
    allowTags: own?.getOptionalBoolean('allowTags') ?? false,
    watch: own?.getOptionalBoolean('watch') ?? true,
    progressDeadlineSeconds: whole('progressDeadlineSeconds', 300, 1),
    // A rollout waits for a command for ten minutes at most.
    commandTimeoutSeconds: whole('commandTimeoutSeconds', 540, 1, 540),
    drainSeconds: whole('drainSeconds', 5, 0),
    repositories: readRepositories(own),
    binaries: readBinaries(own?.getOptionalConfig('binaries')),
  };
}

function readRepositories(own: Config | undefined): AllowedRepositories {
  const key = 'manifests.repositories';
  try {
    return new AllowedRepositories(own?.getOptionalStringArray(key) ?? []);
  } catch (error) {
    throw new InputError(
      `delivery.kubernetes.${key}: ${(error as Error).message}`,
    );
  }
}

function readBinaries(config: Config | undefined): Binaries {
  const names = ['helm', 'kubectl', 'kustomize'] as const;
  return Object.fromEntries(
    names.flatMap(name => {
      const value = config?.getOptionalString(name);
      return value ? [[name, value]] : [];
    }),
  );
}

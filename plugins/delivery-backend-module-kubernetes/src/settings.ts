import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** All that can be told in `delivery.kubernetes`, with what is left out filled in. */
export interface KubernetesSettings {
  /** Whether images may be named by a tag alone. */
  allowTags: boolean;
  /** How long a Deployment may make no progress until its release counts as ill. */
  progressDeadlineSeconds: number;
  /** How long the command before a rollout may take. */
  preCommandTimeoutSeconds: number;
  /** How long copies stay after traffic has been taken from them. */
  drainSeconds: number;
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
    progressDeadlineSeconds: whole('progressDeadlineSeconds', 300, 1),
    // Whoever prepares a rollout waits for ten minutes at most.
    preCommandTimeoutSeconds: whole('preCommandTimeoutSeconds', 540, 1, 540),
    drainSeconds: whole('drainSeconds', 5, 0),
  };
}

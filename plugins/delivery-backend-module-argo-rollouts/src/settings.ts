import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** All that can be told in `delivery.argoRollouts`, with what is left out filled in. */
export interface ArgoRolloutsSettings {
  /** How long a Rollout may make no progress until its release counts as ill. */
  progressDeadlineSeconds: number;
  /** How long a command before or after a rollout may take. */
  commandTimeoutSeconds: number;
  /** Whether objects are watched, instead of being listed for every look. */
  watch: boolean;
}

/** Throws `InputError` naming the key. */
export function readSettings(config: Config): ArgoRolloutsSettings {
  const whole = (name: string, otherwise: number, max = Infinity) => {
    const key = `delivery.argoRollouts.${name}`;
    const value = config.getOptionalNumber(key) ?? otherwise;
    if (!Number.isInteger(value) || value < 1 || value > max)
      throw new InputError(
        `${key} is ${value}, but must be a whole number of 1 ${max === Infinity ? 'or more' : `to ${max}`}`,
      );
    return value;
  };
  return {
    progressDeadlineSeconds: whole('progressDeadlineSeconds', 300),
    // A rollout waits for a command for ten minutes at most.
    commandTimeoutSeconds: whole('commandTimeoutSeconds', 540, 540),
    watch: config.getOptionalBoolean('delivery.argoRollouts.watch') ?? true,
  };
}

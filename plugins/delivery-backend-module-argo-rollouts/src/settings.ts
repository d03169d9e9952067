import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** All that can be told in `delivery.argoRollouts`, with what is left out filled in. */
export interface ArgoRolloutsSettings {
  /** How long a Rollout may make no progress until its release counts as ill. */
  progressDeadlineSeconds: number;
}

/** Throws `InputError` naming the key. */
export function readSettings(config: Config): ArgoRolloutsSettings {
  const key = 'delivery.argoRollouts.progressDeadlineSeconds';
  const progressDeadlineSeconds = config.getOptionalNumber(key) ?? 300;
  if (!Number.isInteger(progressDeadlineSeconds) || progressDeadlineSeconds < 1)
    throw new InputError(
      `${key} is ${progressDeadlineSeconds}, but must be a whole number of 1 or more`,
    );
  return { progressDeadlineSeconds };
}

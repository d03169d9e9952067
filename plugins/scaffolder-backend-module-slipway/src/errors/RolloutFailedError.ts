import { CustomErrorBase } from '@backstage/errors';

/** A rollout ended otherwise than it should, or did not end in time. */
export class RolloutFailedError extends CustomErrorBase {
  name = 'RolloutFailedError' as const;
}

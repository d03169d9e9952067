import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import type { Response } from 'express';

/** A rollout, with its version as the ETag. */
export function answerRollout(response: Response, rollout: Rollout): void {
  response.setHeader('ETag', `"${rollout.version}"`);
  response.json(rollout);
}

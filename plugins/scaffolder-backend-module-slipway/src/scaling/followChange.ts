import { ConflictError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ScalingChange,
  ScalingClient,
} from '@slipway/backstage-plugin-scaling-common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AsCaller } from '../AsCaller';

/** Waits until a change stands. Throws `ConflictError` when it is over before, or the time is. */
export async function followChange(options: {
  scaling: AsCaller<ScalingClient>;
  id: string;
  logger: Pick<LoggerService, 'info'>;
  signal?: AbortSignal;
  timeoutSeconds: number;
  pollMs?: number;
}): Promise<ScalingChange> {
  const { id, logger, pollMs = 2000, scaling, signal } = options;
  const end = Date.now() + options.timeoutSeconds * 1000;
  let told = '';
  for (;;) {
    const change = await scaling.call(
      (api, call) => api.getChange(id, call),
      signal,
    );
    const { phase, waitsFor } = change;
    if (phase === 'active') return change;
    if (change.finishedAt)
      throw new ConflictError(
        `It is over (${change.end?.as}): ${change.end?.reason ?? 'no reason was given'}`,
      );
    const says = waitsFor ?? phase;
    if (says !== told) logger.info(`It stands at ${phase}: ${says}`);
    told = says;
    if (Date.now() > end)
      throw new ConflictError(
        `It did not begin within ${options.timeoutSeconds} s, and goes on: ${says}`,
      );
    await sleep(pollMs, undefined, { signal });
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ForwardedError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryAsCaller } from './DeliveryAsCaller';
import { RolloutFailedError } from '../errors/RolloutFailedError';

const ENDED: ReadonlySet<Rollout['phase']> = new Set([
  'succeeded',
  'rolledBack',
  'aborted',
]);

/** About a minute, with a poll a second. */
const TOLERATED_FAILURES = 60;

/** Follows one rollout to its end and writes what happens into a task's log. */
export class RolloutFollower {
  private seenVersion = 0;
  private saidWaiting = '';
  private failures = 0;

  constructor(
    private readonly options: {
      delivery: DeliveryAsCaller;
      rolloutId: string;
      /** The rollout's page. */
      url: string;
      logger: LoggerService;
      timeoutSeconds: number;
      /** Of the task. When it is aborted, so is the rollout. */
      signal?: AbortSignal;
      pollMs?: number;
    },
  ) {}

  async follow(): Promise<Rollout> {
    const { signal, timeoutSeconds, url } = this.options;
    const deadline = Date.now() + timeoutSeconds * 1000;
    try {
      for (;;) {
        signal?.throwIfAborted();
        const rollout = await this.look();
        if (rollout && ENDED.has(rollout.phase)) return rollout;
        if (Date.now() >= deadline) {
          throw new RolloutFailedError(
            `The rollout is still ${rollout?.phase ?? 'under way'} after ${timeoutSeconds} s. It goes on by itself; see ${url}`,
          );
        }
        await sleep(this.options.pollMs ?? 1000, undefined, { signal });
      }
    } catch (error) {
      if (!signal?.aborted) throw error;
      await this.abort();
      throw new ForwardedError(
        'The task was cancelled while its rollout was under way',
        error,
      );
    }
  }

  /** Nothing when the API did not answer, which passes. */
  private async look(): Promise<Rollout | undefined> {
    const { delivery, rolloutId, signal, logger, url } = this.options;
    try {
      const rollout = await delivery.call(
        (client, options) => client.getRollout(rolloutId, options),
        signal,
      );
      await this.logEvents();
      this.logWaiting(rollout);
      this.failures = 0;
      return rollout;
    } catch (error) {
      if (signal?.aborted) throw error;
      this.failures += 1;
      if (
        !(error instanceof ServiceUnavailableError) ||
        this.failures > TOLERATED_FAILURES
      ) {
        throw new ForwardedError(
          `The rollout can no longer be followed from here, but goes on by itself; see ${url}`,
          error,
        );
      }
      if (this.failures === 1) {
        logger.warn(`${toError(error).message}. Trying again`);
      }
      return undefined;
    }
  }

  private async logEvents() {
    const { delivery, rolloutId, signal, logger } = this.options;
    const events = await delivery.call(
      (client, options) =>
        client.listRolloutEvents(
          rolloutId,
          { afterVersion: this.seenVersion },
          options,
        ),
      signal,
    );
    for (const event of events) {
      logger.info(event.summary);
      this.seenVersion = Math.max(this.seenVersion, event.version);
    }
  }

  private logWaiting(rollout: Rollout) {
    const waiting = rollout.waitingFor
      ? `${rollout.waitingFor}:${rollout.waitReason}:${rollout.currentStepIndex}`
      : '';
    if (waiting && waiting !== this.saidWaiting) {
      const why = rollout.message ? ` (${rollout.message})` : '';
      const whom = rollout.waitingFor === 'gates' ? 'its gates' : 'a person';
      this.options.logger.warn(
        `The rollout waits for ${whom}${why}: ${this.options.url}`,
      );
    }
    this.saidWaiting = waiting;
  }

  private async abort() {
    const { delivery, rolloutId, logger, url } = this.options;
    try {
      await delivery.call(
        (client, options) =>
          client.actOnRollout(
            rolloutId,
            'abort',
            { reason: 'task cancelled' },
            options,
          ),
        // The task's own signal is aborted; this call must still go through.
        AbortSignal.timeout(15_000),
      );
      logger.warn('The task was cancelled, so the rollout was aborted');
    } catch (error) {
      logger.error(
        `The task was cancelled, but its rollout could not be aborted: ${toError(error).message}. See ${url}`,
      );
    }
  }
}

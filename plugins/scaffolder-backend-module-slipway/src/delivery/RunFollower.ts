import type { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError, toError } from '@backstage/errors';
import type {
  DeliveryClient,
  DeliveryRequestOptions,
  RolloutEvent,
} from '@slipway/backstage-plugin-delivery-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { RolloutFailedError } from '../errors/RolloutFailedError';
import type { DeliveryAsCaller } from './DeliveryAsCaller';
import { Outage } from './Outage';

/** About a minute, with a poll a second. */
const toleratedFailures = 60;

/** What a task can follow: a rollout or a promotion. */
export interface Run {
  phase: string;
  finishedAt?: string;
  message?: string;
  waitingFor?: string;
}

/** How one kind of run is reached. */
export interface RunKind<T extends Run> {
  /** In words, such as `rollout`. */
  name: string;
  get(
    client: DeliveryClient,
    id: string,
    options: DeliveryRequestOptions,
  ): Promise<T>;
  events(
    client: DeliveryClient,
    id: string,
    afterVersion: number,
    options: DeliveryRequestOptions,
  ): Promise<RolloutEvent[]>;
  abort(
    client: DeliveryClient,
    id: string,
    reason: string,
    options: DeliveryRequestOptions,
  ): Promise<unknown>;
  /** What it waits for, in words; where it says the same as before nothing is logged again. */
  waitsFor(run: T): { words: string; place: string } | undefined;
}

/** Follows one run to its end and writes what happens into a task's log. */
export class RunFollower<T extends Run> {
  private seenVersion = 0;
  private saidWaiting = '';
  private readonly outage: Outage;

  constructor(
    private readonly kind: RunKind<T>,
    private readonly options: {
      delivery: DeliveryAsCaller;
      id: string;
      /** The run's page. */
      url: string;
      logger: LoggerService;
      timeoutSeconds: number;
      /** Of the task. When it is aborted, so is the run. */
      signal?: AbortSignal;
      pollMs?: number;
    },
  ) {
    this.outage = new Outage({ ...options, most: toleratedFailures });
  }

  async follow(): Promise<T> {
    const { signal, timeoutSeconds, url } = this.options;
    const deadline = Date.now() + timeoutSeconds * 1000;
    try {
      for (;;) {
        signal?.throwIfAborted();
        const run = await this.look();
        if (run?.finishedAt !== undefined) return run;
        if (Date.now() >= deadline) {
          throw new RolloutFailedError(
            `The ${this.kind.name} is still ${run?.phase ?? 'under way'} after ${timeoutSeconds} s. It goes on by itself; see ${url}`,
          );
        }
        await sleep(this.options.pollMs ?? 1000, undefined, { signal });
      }
    } catch (error) {
      if (!signal?.aborted) throw error;
      await this.abort();
      throw new ForwardedError(
        `The task was cancelled while its ${this.kind.name} was under way`,
        error,
      );
    }
  }

  /** Nothing when the API did not answer, which passes. */
  private async look(): Promise<T | undefined> {
    const { delivery, id, signal, url } = this.options;
    try {
      return await this.outage.bear(async () => {
        const run = await delivery.call(
          (client, options) => this.kind.get(client, id, options),
          signal,
        );
        await this.logEvents();
        this.logWaiting(run);
        return run;
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ForwardedError(
        `The ${this.kind.name} can no longer be followed from here, but goes on by itself; see ${url}`,
        error,
      );
    }
  }

  private async logEvents() {
    const { delivery, id, signal, logger } = this.options;
    const events = await delivery.call(
      (client, options) =>
        this.kind.events(client, id, this.seenVersion, options),
      signal,
    );
    for (const event of events) {
      logger.info(event.summary);
      this.seenVersion = Math.max(this.seenVersion, event.version);
    }
  }

  private logWaiting(run: T) {
    const waits = this.kind.waitsFor(run);
    if (waits && waits.place !== this.saidWaiting) {
      const why = run.message ? ` (${run.message})` : '';
      this.options.logger.warn(
        `The ${this.kind.name} waits for ${waits.words}${why}: ${this.options.url}`,
      );
    }
    this.saidWaiting = waits?.place ?? '';
  }

  private async abort() {
    const { delivery, id, logger, url } = this.options;
    const { name } = this.kind;
    try {
      await delivery.call(
        (client, options) =>
          this.kind.abort(client, id, 'task cancelled', options),
        // The task's own signal is aborted; this call must still go through.
        AbortSignal.timeout(15_000),
      );
      logger.warn(`The task was cancelled, so the ${name} was aborted`);
    } catch (error) {
      logger.error(
        `The task was cancelled, but its ${name} could not be aborted: ${toError(error).message}. See ${url}`,
      );
    }
  }
}

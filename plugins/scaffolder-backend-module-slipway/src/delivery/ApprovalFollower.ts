import type { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError, toError } from '@backstage/errors';
import type { RequestApproval } from '@slipway/backstage-plugin-delivery-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApprovalRefusedError } from '../errors/ApprovalRefusedError';
import type { DeliveryAsCaller } from './DeliveryAsCaller';
import { Outage } from './Outage';

/** People do not notice, and a request that waits for days is read often enough. */
const defaultPollMs = 3000;
/** Some minutes, with a poll every three seconds. */
const toleratedFailures = 100;

/** Waits until a request for approval is decided. When the task ends before that, so does the request. */
export class ApprovalFollower {
  private readonly outage: Outage;
  private said = '';

  constructor(
    private readonly options: {
      delivery: DeliveryAsCaller;
      id: string;
      /** Where it can be decided. */
      url: string;
      logger: LoggerService;
      timeoutSeconds: number;
      signal?: AbortSignal;
      pollMs?: number;
    },
  ) {
    this.outage = new Outage({ ...options, most: toleratedFailures });
  }

  async follow(): Promise<RequestApproval> {
    const { signal, timeoutSeconds, url } = this.options;
    const deadline = Date.now() + timeoutSeconds * 1000;
    try {
      for (;;) {
        signal?.throwIfAborted();
        const approval = await this.outage.bear(() => this.look());
        if (approval && approval.state !== 'pending') return approval;
        if (Date.now() >= deadline) {
          await this.withdraw(`nobody decided within ${timeoutSeconds} s`);
          throw new ApprovalRefusedError(
            `Nobody decided within ${timeoutSeconds} s; see ${url}`,
          );
        }
        await sleep(this.options.pollMs ?? defaultPollMs, undefined, {
          signal,
        });
      }
    } catch (error) {
      if (!signal?.aborted) throw error;
      await this.withdraw('task cancelled');
      throw new ForwardedError(
        'The task was cancelled while it waited for an approval',
        error,
      );
    }
  }

  private async look(): Promise<RequestApproval> {
    const { delivery, id, logger, signal, url } = this.options;
    const approval = await delivery.call(
      (client, options) => client.getApprovalRequest(id, options),
      signal,
    );
    const { message } = approval.request.gate;
    if (approval.state === 'pending' && message !== this.said)
      logger.info(`${message}: ${url}`);
    this.said = message;
    return approval;
  }

  private async withdraw(reason: string): Promise<void> {
    const { delivery, id, logger, url } = this.options;
    try {
      await delivery.call(
        (client, options) =>
          client.withdrawApprovalRequest(id, { reason }, options),
        // The task's own signal may be aborted; this call must still go through.
        AbortSignal.timeout(15_000),
      );
      logger.warn(`The request for approval was withdrawn: ${reason}`);
    } catch (error) {
      logger.error(
        `The request for approval could not be withdrawn: ${toError(error).message}. See ${url}`,
      );
    }
  }
}

import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { IdempotencyStore } from '../database/IdempotencyStore';
import { jsonDigest } from '../domain/digest';
import { actorOf, type Caller } from './Caller';

/** What every change goes through: an audit event around it, one transaction, and its idempotency key. */
export class Mutations {
  constructor(
    private readonly options: {
      knex: Knex;
      auditor: AuditorService;
      now: () => number;
    },
  ) {}

  /** Records who tried what, and how it ended. `meta` may hold references only, no content. */
  async audited<T>(
    caller: Caller,
    event: {
      eventId: string;
      severityLevel: 'low' | 'medium' | 'high';
      meta: JsonObject;
    },
    act: () => Promise<T>,
  ): Promise<T> {
    const audit = await this.options.auditor.createEvent({
      ...event,
      ...(caller.request && { request: caller.request }),
    });
    try {
      const result = await act();
      await audit.success();
      return result;
    } catch (error) {
      await audit.fail({
        error: error instanceof Error ? error : new Error(String(error)),
      });
      throw error;
    }
  }

  /** Carries `act` out in one transaction, once for each idempotency key. It answers the identifier of its result. */
  async once(
    caller: Caller,
    operation: string,
    request: unknown,
    act: (tx: Knex.Transaction) => Promise<string>,
  ): Promise<{ resultId: string; replayed: boolean }> {
    const now = new Date(this.options.now()).toISOString();
    return this.options.knex.transaction(tx =>
      IdempotencyStore.once(
        tx,
        caller.idempotencyKey === undefined
          ? undefined
          : {
              scope: `${actorOf(caller).id} ${operation}`,
              key: caller.idempotencyKey,
              requestDigest: jsonDigest(request),
            },
        now,
        () => act(tx),
      ),
    );
  }
}

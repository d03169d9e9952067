import {
  type AuditorService,
  isDatabaseConflictError,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import {
  type IdempotentRequest,
  IdempotencyStore,
} from '../database/IdempotencyStore';
import { jsonDigest } from '../database/jsonDigest';
import { actorOf, type Caller } from './Caller';

const mostTries = 4;

/** What a caller asked for, as an idempotency key stands for it. One name for each mutating operation of the API. */
export interface Operation {
  name: string;
  request: unknown;
}

/** What a change came to; `replayed` when it was made before, by the same request. */
export interface MutationResult {
  resultId: string;
  replayed: boolean;
}

/** What every change goes through: an audit event around it, one transaction, and its idempotency key. */
export class Mutations {
  constructor(
    private readonly options: {
      knex: Knex;
      auditor: AuditorService;
      now: () => number;
      /** Whether trying again may help, beside conflicts in the database. */
      isMomentary?: (error: unknown) => boolean;
      /** Puts what a change was refused with into the words of the API. */
      translate?: (error: unknown) => unknown;
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
      // Without an HTTP request the auditor would name this plugin as the actor.
      ...(caller.request
        ? { request: caller.request }
        : { meta: { ...event.meta, onBehalfOf: actorOf(caller).id } }),
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

  /**
   * The result of the same request when it was carried out before. Throws `ConflictError` when the caller's key was used
   * for another one.
   */
  async earlier(
    caller: Caller,
    operation: Operation,
  ): Promise<string | undefined> {
    const request = keyed(caller, operation);
    return request && IdempotencyStore.find(this.options.knex, request);
  }

  /**
   * The result of the same request when it was carried out before, and else what `act` comes to: it may look at things
   * first, and ends with `once`. So what the request has changed itself never refuses it when it is sent again, not even
   * when it is carried out while `act` looks. Throws `ConflictError` when the caller's key was used for another request.
   */
  async idempotent(
    caller: Caller,
    operation: Operation,
    act: () => Promise<MutationResult>,
  ): Promise<MutationResult> {
    const earlier = await this.earlier(caller, operation);
    if (earlier !== undefined) return { resultId: earlier, replayed: true };
    try {
      return await act();
    } catch (error) {
      const meanwhile = await this.earlier(caller, operation);
      if (meanwhile === undefined) throw error;
      return { resultId: meanwhile, replayed: true };
    }
  }

  /** Carries `act` out in one transaction, once for each idempotency key. It answers the identifier of its result. */
  async once(
    caller: Caller,
    operation: Operation,
    act: (tx: Knex.Transaction) => Promise<string>,
  ): Promise<MutationResult> {
    const attempt = () =>
      this.options.knex.transaction(tx =>
        IdempotencyStore.once(
          tx,
          keyed(caller, operation),
          new Date(this.options.now()).toISOString(),
          () => act(tx),
        ),
      );
    for (let tries = 1; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (tries === mostTries || !this.#isMomentary(error))
          throw this.options.translate?.(error) ?? error;
      }
    }
  }

  /**
   * Whether it was only that somebody else wrote the same at the same moment. A row of theirs is there to be seen by
   * now, and who waited for whom is settled.
   */
  #isMomentary(error: unknown): boolean {
    return (
      isDatabaseConflictError(error) ||
      this.options.isMomentary?.(error) === true
    );
  }
}

function keyed(
  caller: Caller,
  { name, request }: Operation,
): IdempotentRequest | undefined {
  return caller.idempotencyKey === undefined
    ? undefined
    : {
        scope: `${actorOf(caller).id} ${name}`,
        key: caller.idempotencyKey,
        requestDigest: jsonDigest(request),
      };
}

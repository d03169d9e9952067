import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';

interface IdempotencyRow {
  scope: string;
  key: string;
  request_digest: string;
  result_id: string | null;
  created_at: string;
}

/** One request that must be carried out only once. */
export interface IdempotentRequest {
  /** Caller and operation. */
  scope: string;
  key: string;
  requestDigest: string;
}

/** Remembers which request came to what, in the transaction that carries it out. */
export class IdempotencyStore {
  /**
   * Carries `act` out unless the same request was carried out before; then answers what that one came to.
   * Of two at the same time, the second waits for the first. Throws `ConflictError` for another request under the
   * same key.
   */
  static async once(
    tx: Knex.Transaction,
    request: IdempotentRequest | undefined,
    now: string,
    act: () => Promise<string>,
  ): Promise<{ resultId: string; replayed: boolean }> {
    if (!request) return { resultId: await act(), replayed: false };
    const { scope, key, requestDigest } = request;
    await tx<IdempotencyRow>('idempotency_keys')
      .insert({ scope, key, request_digest: requestDigest, created_at: now })
      .onConflict(['scope', 'key'])
      .ignore();
    const earlier = await IdempotencyStore.find(tx, request);
    if (earlier) return { resultId: earlier, replayed: true };
    const resultId = await act();
    await tx<IdempotencyRow>('idempotency_keys')
      .where({ scope, key })
      .update({ result_id: resultId });
    return { resultId, replayed: false };
  }

  /** What the same request came to. Throws `ConflictError` for another request under the same key. */
  static async find(
    knex: Knex,
    { scope, key, requestDigest }: IdempotentRequest,
  ): Promise<string | undefined> {
    const row = await knex<IdempotencyRow>('idempotency_keys')
      .where({ scope, key })
      .first();
    if (row && row.request_digest !== requestDigest)
      throw new ConflictError(
        'This Idempotency-Key was used for another request; use a new one',
      );
    return row?.result_id ?? undefined;
  }

  /** Forgets what is older than an instant. */
  static async purge(knex: Knex, before: string): Promise<number> {
    return knex<IdempotencyRow>('idempotency_keys')
      .where('created_at', '<', before)
      .delete();
  }
}

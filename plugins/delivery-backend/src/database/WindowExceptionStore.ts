import type { WindowException } from '@slipway/backstage-plugin-delivery-common';
import type { RunRecord } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import type { RequestState } from '../domain/request/state';

interface ExceptionRow {
  id: string;
  component_ref: string;
  environment_ref: string;
  state: ExceptionRecord['state'];
  from_at: string;
  until_at: string;
  exception: string;
  ended: string | null;
}

/** An exception to windows, but for what depends on the caller. */
export type ExceptionRecord = Omit<WindowException, 'allowedActions'>;

const states = {
  waiting: 'pending',
  passed: 'approved',
  rejected: 'rejected',
  expired: 'expired',
  withdrawn: 'withdrawn',
} as const;

const mostListed = 500;

/** Which windows let which component through, and when. */
export class WindowExceptionStore {
  constructor(private readonly knex: Knex) {}

  /** Writes what a request for approval is about; nothing where it is about no window. */
  static async upsert(
    tx: Knex.Transaction,
    { id, state: { asked, ballot } }: RunRecord<RequestState>,
  ): Promise<void> {
    const { exception, requestedBy } = asked;
    if (!exception) return;
    const record: Omit<ExceptionRecord, 'id' | 'state' | 'ended'> = {
      ...exception,
      requestedBy,
      requestedAt: new Date(ballot.requestedAt).toISOString(),
      approvedBy: ballot.votes
        .filter(({ decision }) => decision === 'approve')
        .map(({ by }) => by),
    };
    await tx<ExceptionRow>('window_exceptions')
      .insert({
        id,
        component_ref: exception.componentRef,
        environment_ref: exception.environmentRef,
        state: states[ballot.status],
        from_at: exception.from,
        until_at: exception.until,
        exception: JSON.stringify(record),
      })
      .onConflict('id')
      .merge(['state', 'exception']);
  }

  /** False when it is not, or no longer, approved. */
  static async end(
    tx: Knex.Transaction,
    id: string,
    ended: NonNullable<ExceptionRecord['ended']>,
  ): Promise<boolean> {
    const changed = await tx<ExceptionRow>('window_exceptions')
      .where({ id, state: 'approved' })
      .where('until_at', '>', ended.at)
      .update({ state: 'ended', ended: JSON.stringify(ended) });
    return changed === 1;
  }

  async get(id: string): Promise<ExceptionRecord | undefined> {
    const row = await this.knex<ExceptionRow>('window_exceptions')
      .where({ id })
      .first();
    return row && parse(row);
  }

  /** Those of a target that are approved and not over at `now`. */
  async of(
    target: Pick<ExceptionRecord, 'componentRef' | 'environmentRef'>,
    now: number,
  ): Promise<ExceptionRecord[]> {
    const rows = await this.knex<ExceptionRow>('window_exceptions')
      .where({
        component_ref: target.componentRef,
        environment_ref: target.environmentRef,
        state: 'approved',
      })
      .where('until_at', '>', new Date(now).toISOString())
      .orderBy('from_at');
    return rows.map(parse);
  }

  /** All that are asked for or approved, and not over at `now`, by their beginning. */
  async current(
    now: number,
    componentRef?: string,
  ): Promise<ExceptionRecord[]> {
    const matching = this.knex<ExceptionRow>('window_exceptions')
      .whereIn('state', ['pending', 'approved'])
      .where('until_at', '>', new Date(now).toISOString());
    if (componentRef) matching.where({ component_ref: componentRef });
    const rows = await matching
      .orderBy([{ column: 'from_at' }, { column: 'id' }])
      .limit(mostListed);
    return rows.map(parse);
  }
}

function parse(row: ExceptionRow): ExceptionRecord {
  return {
    ...JSON.parse(row.exception),
    id: row.id,
    state: row.state,
    ...(row.ended && { ended: JSON.parse(row.ended) }),
  };
}

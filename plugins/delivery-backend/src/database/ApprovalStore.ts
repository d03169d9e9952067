import type { BreakGlass } from '@slipway/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { approvalGates, invited, voterOf } from '../domain/gates/approval';
import type { GatesState } from '../domain/gates/state';
import type { RolloutState } from '../domain/rollout/state';
import { type ComponentScope, whereInScope } from './componentScope';
import { type CreationPage, pageByCreation, type PageOf } from './paging';

type Role = 'approver' | 'excluded' | 'requester' | 'voter';

interface ApprovalRow {
  id: string;
  state: string;
  component_ref: string;
  created_at: string;
  broken_at: string | null;
  reviewed_at: string | null;
  review: string | null;
  gates: string;
}

interface PersonRow {
  approval_id: string;
  ref: string;
  role: Role;
}

/** The gates of one rollout, with what was said afterwards. */
export interface StoredApproval {
  id: string;
  componentRef: string;
  gates: GatesState;
  review?: BreakGlass['review'];
}

/** Whom a list is for: a person, and everybody whose vote they may cast, with all groups. */
export interface Voters {
  me: string;
  /** Oneself first; each with the groups that they are in. */
  seats: Array<{ ref: string; groups: string[] }>;
}

/** What people are and were asked about. */
export class ApprovalStore {
  constructor(private readonly knex: Knex) {}

  /** Rollouts that ask nobody, and where nobody broke the glass, leave no row. */
  static async upsert(
    tx: Knex.Transaction,
    id: string,
    { gates, request }: RolloutState,
  ): Promise<void> {
    if (!gates) return;
    if (!approvalGates(gates.facts).length && !gates.breakGlass) return;
    const row = {
      id,
      state: gates.status,
      component_ref: request.target.componentRef,
      created_at: new Date(gates.requestedAt).toISOString(),
      broken_at: gates.breakGlass
        ? new Date(gates.breakGlass.at).toISOString()
        : null,
      gates: JSON.stringify(gates),
    };
    await tx<ApprovalRow>('approvals').insert(row).onConflict('id').merge(row);
    const { approvers, excluded } = invited(gates);
    const people: PersonRow[] = [
      ...approvers.map(ref => person(id, ref, 'approver')),
      ...excluded.map(ref => person(id, ref, 'excluded')),
      person(id, gates.requestedBy, 'requester'),
      ...[
        ...new Set(gates.votes.flatMap(vote => [vote.by, voterOf(vote)])),
      ].map(ref => person(id, ref, 'voter')),
    ];
    await tx<PersonRow>('approval_people').where({ approval_id: id }).delete();
    await tx<PersonRow>('approval_people').insert(people);
  }

  /** False when there is nothing to review, or somebody has. */
  static async review(
    tx: Knex.Transaction,
    id: string,
    review: NonNullable<BreakGlass['review']>,
  ): Promise<boolean> {
    const changed = await tx<ApprovalRow>('approvals')
      .where({ id })
      .whereNotNull('broken_at')
      .whereNull('reviewed_at')
      .update({ reviewed_at: review.at, review: JSON.stringify(review) });
    return changed === 1;
  }

  async get(id: string): Promise<StoredApproval | undefined> {
    const row = await this.knex<ApprovalRow>('approvals').where({ id }).first();
    return row && parse(row);
  }

  /** What was said afterwards of those rollouts where somebody broke the glass. */
  async reviews(ids: string[]): Promise<Map<string, BreakGlass['review']>> {
    if (!ids.length) return new Map();
    const rows = await this.knex<ApprovalRow>('approvals')
      .whereIn('id', ids)
      .whereNotNull('reviewed_at');
    return new Map(rows.map(row => [row.id, parse(row).review]));
  }

  async list(
    query: {
      view: 'all' | 'waitingForMe' | 'mine' | 'decided' | 'reviews';
      scope: ComponentScope;
      voters: Voters;
    } & CreationPage,
  ): Promise<PageOf<StoredApproval>> {
    const matching = this.knex<ApprovalRow>('approvals');
    whereInScope(this.knex, matching, query.scope);
    const { me, seats } = query.voters;
    const having = (role: Role, refs: string[]) =>
      this.knex<PersonRow>('approval_people')
        .select('approval_id')
        .where({ role })
        .whereIn('ref', refs);
    switch (query.view) {
      case 'waitingForMe':
        matching
          .where({ state: 'waiting' })
          .whereNotIn('id', having('voter', [me]))
          .whereNotIn('id', having('excluded', [me]))
          .where(either => {
            for (const { ref, groups } of seats)
              either.orWhere(seat =>
                seat
                  .whereIn('id', having('approver', [ref, ...groups]))
                  .whereNotIn('id', having('voter', [ref]))
                  .whereNotIn('id', having('excluded', [ref])),
              );
          });
        break;
      case 'mine':
        // One list of rows to look for, which two alternatives would not be.
        matching.whereIn(
          'id',
          this.knex<PersonRow>('approval_people')
            .select('approval_id')
            .where({ ref: me })
            .whereIn('role', ['requester', 'voter']),
        );
        break;
      case 'decided':
        matching.whereNot({ state: 'waiting' });
        break;
      case 'reviews':
        matching.whereNotNull('broken_at').whereNull('reviewed_at');
        break;
      default:
    }
    return pageByCreation(matching, query, parse);
  }
}

function person(approvalId: string, ref: string, role: Role): PersonRow {
  return { approval_id: approvalId, ref, role };
}

function parse(row: ApprovalRow): StoredApproval {
  return {
    id: row.id,
    componentRef: row.component_ref,
    gates: JSON.parse(row.gates),
    ...(row.review && { review: JSON.parse(row.review) }),
  };
}

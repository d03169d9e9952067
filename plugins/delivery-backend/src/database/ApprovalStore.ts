import type { BreakGlass } from '@slipway/backstage-plugin-delivery-common';
import {
  type ComponentScope,
  type CreationPage,
  pageByCreation,
  type PageOf,
  whereInScope,
} from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { approvalGates, invited, voterOf } from '../domain/gates/approval';
import type { Ballot } from '../domain/gates/Ballot';
import type { GatesState } from '../domain/gates/state';
import type { RequestState } from '../domain/request/state';
import type { RolloutState } from '../domain/rollout/state';

type Role = 'approver' | 'excluded' | 'requester' | 'voter';

/** What makes an approval one's own. */
const ownRoles: Role[] = ['requester', 'voter'];
/** So many are sorted in no time. */
const few = 1000;

/** Stands in the column for what is about no component. */
const noComponent = '';

interface ApprovalRow {
  id: string;
  kind: StoredApproval['kind'];
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
export interface StoredRolloutApproval {
  kind: 'rollout';
  id: string;
  componentRef: string;
  gates: GatesState;
  review?: BreakGlass['review'];
}

/** A request for approval that belongs to no rollout. */
export interface StoredRequest {
  kind: 'request';
  id: string;
  /** Absent where it is about no component. */
  componentRef?: string;
  version: number;
  state: RequestState;
}

/** What people are asked about. */
export type StoredApproval = StoredRolloutApproval | StoredRequest;

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
  static async upsertRollout(
    tx: Knex.Transaction,
    id: string,
    { gates, request }: RolloutState,
  ): Promise<void> {
    if (!gates) return;
    if (!approvalGates(gates.facts).length && !gates.breakGlass) return;
    await ApprovalStore.upsert(tx, gates, {
      id,
      kind: 'rollout',
      component_ref: request.target.componentRef,
      broken_at: gates.breakGlass
        ? new Date(gates.breakGlass.at).toISOString()
        : null,
      gates: JSON.stringify(gates),
    });
  }

  static async upsertRequest(
    tx: Knex.Transaction,
    run: { id: string; version: number; state: RequestState },
  ): Promise<void> {
    const { id, state, version } = run;
    await ApprovalStore.upsert(tx, state.ballot, {
      id,
      kind: 'request',
      component_ref: state.asked.componentRef ?? noComponent,
      broken_at: null,
      gates: JSON.stringify({ version, state }),
    });
  }

  private static async upsert(
    tx: Knex.Transaction,
    ballot: Ballot,
    what: Pick<
      ApprovalRow,
      'id' | 'kind' | 'component_ref' | 'broken_at' | 'gates'
    >,
  ): Promise<void> {
    const { id } = what;
    const row = {
      ...what,
      state: ballot.status,
      created_at: new Date(ballot.requestedAt).toISOString(),
    };
    await tx<ApprovalRow>('approvals').insert(row).onConflict('id').merge(row);
    const { approvers, excluded } = invited(ballot);
    const people: PersonRow[] = [
      ...approvers.map(ref => person(id, ref, 'approver')),
      ...excluded.map(ref => person(id, ref, 'excluded')),
      person(id, ballot.requestedBy, 'requester'),
      ...[
        ...new Set(ballot.votes.flatMap(vote => [vote.by, voterOf(vote)])),
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

  /** Rollouts whose glass was broken before an instant, and that nobody has reviewed; the oldest first, at most 500. */
  async unreviewed(before: number): Promise<string[]> {
    return this.knex<ApprovalRow>('approvals')
      .where('broken_at', '<', new Date(before).toISOString())
      .whereNull('reviewed_at')
      .orderBy('broken_at')
      .limit(500)
      .pluck('id');
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
    return new Map(rows.map(row => [row.id, parseReview(row)]));
  }

  /** Components that people were ever asked about. */
  async componentRefs(): Promise<string[]> {
    const rows = await this.knex<ApprovalRow>('approvals')
      .whereNot({ component_ref: noComponent })
      .distinct('component_ref');
    return rows.map(row => row.component_ref);
  }

  async list(
    query: {
      view: 'all' | 'waitingForMe' | 'mine' | 'decided' | 'reviews';
      /** Leaves out what is about another component, or none. */
      componentRef?: string;
      scope: ComponentScope;
      voters: Voters;
    } & CreationPage,
  ): Promise<PageOf<StoredApproval>> {
    const matching = this.knex<ApprovalRow>('approvals');
    const { componentRef, scope } = query;
    whereInScope(
      this.knex,
      matching,
      'only' in scope && componentRef === undefined
        ? { only: [...scope.only, noComponent] }
        : scope,
    );
    const { me, seats } = query.voters;
    // Asked row by row: there are far more people of past approvals than rows that wait.
    const among = (refs: string[], ...roles: Role[]) =>
      this.knex<PersonRow>('approval_people')
        .select(this.knex.raw('1'))
        .whereRaw('approval_id = approvals.id')
        .whereIn('ref', refs)
        .whereIn('role', roles);
    switch (query.view) {
      case 'waitingForMe':
        matching
          .where({ state: 'waiting' })
          .whereNotExists(among([me], 'voter', 'excluded'))
          .where(either => {
            for (const { ref, groups } of seats)
              either.orWhere(seat =>
                seat
                  .whereExists(among([ref, ...groups], 'approver'))
                  .whereNotExists(among([ref], 'voter', 'excluded')),
              );
          });
        break;
      case 'mine': {
        const own = this.knex<PersonRow>('approval_people')
          .select('approval_id')
          .where({ ref: me })
          .whereIn('role', ownRoles);
        // Few are looked up one by one; of many, some are soon met among the newest.
        const beyondFew = await own.clone().offset(few).limit(1);
        if (beyondFew.length) matching.whereExists(among([me], ...ownRoles));
        else matching.whereIn('id', own);
        break;
      }
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
  const { id, component_ref: componentRef } = row;
  if (row.kind === 'request')
    return {
      kind: 'request',
      id,
      ...(componentRef !== noComponent && { componentRef }),
      ...JSON.parse(row.gates),
    };
  const review = parseReview(row);
  return {
    kind: 'rollout',
    id,
    componentRef,
    gates: JSON.parse(row.gates),
    ...(review && { review }),
  };
}

function parseReview({ review }: ApprovalRow): BreakGlass['review'] {
  return review ? JSON.parse(review) : undefined;
}

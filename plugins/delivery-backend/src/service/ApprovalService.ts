import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type AllowedActions,
  type Approval,
  approvalDecidePermission,
  type ApprovalDecision,
  type ApprovalDecisionRequest,
  rolloutReadPermission,
} from '@slipway/backstage-plugin-delivery-common';
import type { Engine } from '@slipway/workflow-engine';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
} from '../catalog/CatalogReader';
import type {
  ApprovalStore,
  StoredApproval,
  Voters,
} from '../database/ApprovalStore';
import type { PageOf } from '../database/paging';
import type { ReleaseStore } from '../database/ReleaseStore';
import type { RolloutStore } from '../database/RolloutStore';
import { refusalToVote } from '../domain/gates/vote';
import type { GatesState } from '../domain/gates/state';
import type { RolloutCommand } from '../domain/rollout/commands';
import { FieldError } from '../domain/FieldError';
import type { Authorizer } from '../permissions/Authorizer';
import { allowedUnless } from './allowedUnless';
import { actorOf, type Caller, userOf } from './Caller';
import type { Electorate } from './gates/Electorate';
import type { GateFactsReader } from './gates/GateFactsReader';
import { releaseChange } from './gates/releaseChange';
import { risksOf } from './gates/risks';
import type { Mutations } from './Mutations';
import type { RolloutReader } from './RolloutReader';
import type { VisibleComponents } from './VisibleComponents';

const dayMs = 24 * 3_600_000;

const stateOf = {
  waiting: 'pending',
  passed: 'approved',
  rejected: 'rejected',
  expired: 'expired',
  withdrawn: 'withdrawn',
} as const satisfies Record<GatesState['status'], Approval['state']>;

/** Asks people, and takes their votes. */
export class ApprovalService {
  constructor(
    private readonly options: {
      engine: Engine;
      store: ApprovalStore;
      rollouts: RolloutStore;
      releases: ReleaseStore;
      reader: RolloutReader;
      catalog: CatalogReader;
      authorizer: Authorizer;
      electorate: Electorate;
      facts: GateFactsReader;
      mutations: Mutations;
      visibleComponents: VisibleComponents;
      now: () => number;
    },
  ) {}

  async list(
    query: {
      view: 'all' | 'waitingForMe' | 'mine' | 'decided' | 'reviews';
      componentRef?: string;
      cursor?: string;
      limit: number;
    },
    caller: Caller,
  ): Promise<PageOf<Approval>> {
    const { authorizer, store, visibleComponents } = this.options;
    const [voters] = await Promise.all([
      this.voters(caller),
      authorizer.require(rolloutReadPermission, caller.credentials),
    ]);
    const { page, components } = await visibleComponents.page(
      {
        componentRef: query.componentRef && canonicalRef(query.componentRef),
        credentials: caller.credentials,
      },
      scope => store.list({ ...query, descending: true, scope, voters }),
    );
    return {
      ...page,
      items: await this.show(page.items, components, voters, caller),
    };
  }

  async get(id: string, caller: Caller): Promise<Approval> {
    const { reader, store } = this.options;
    // Whoever may see the rollout may see what is asked about it.
    await reader.get(id, caller);
    const stored = await store.get(id);
    if (!stored) throw nobodyIsAsked(id);
    return this.shown(stored, caller);
  }

  async decide(
    id: string,
    decision: ApprovalDecision,
    request: ApprovalDecisionRequest & { expectedVersion?: number },
    caller: Caller,
  ): Promise<Approval> {
    const { authorizer, engine, mutations, reader, store } = this.options;
    return mutations.audited(
      caller,
      {
        eventId: 'approval-decide',
        severityLevel: 'high',
        meta: { rolloutId: id, decision },
      },
      async () => {
        await authorizer.require(approvalDecidePermission, caller.credentials);
        await reader.get(id, caller);
        const stored = await store.get(id);
        if (!stored) throw nobodyIsAsked(id);
        const { expectedVersion, ...body } = request;
        const operation = {
          name: 'approval.decide',
          request: { id, decision, ...body },
        };
        const earlier = await mutations.earlier(caller, operation);
        if (!earlier) {
          const command = await this.command(id, decision, request, caller);
          let voided: string | undefined;
          await mutations.once(caller, operation, async tx => {
            const { events } = await engine.submit({
              runId: id,
              command,
              actor: actorOf(caller),
              expectedVersion,
              tx,
            });
            const change = events.find(({ type }) => type === 'gates.voided');
            voided = change && String(Reflect.get(change.data, 'reason'));
            return id;
          });
          if (voided !== undefined)
            throw new ConflictError(
              `${voided}. Earlier approvals are void; look at it again before you decide.`,
            );
        }
        const after = await store.get(id);
        if (!after) throw nobodyIsAsked(id);
        return this.shown(after, caller);
      },
    );
  }

  private async command(
    id: string,
    decision: ApprovalDecision,
    request: ApprovalDecisionRequest,
    caller: Caller,
  ): Promise<RolloutCommand> {
    const by = userOf(caller);
    if (decision === 'withdraw') return { type: 'withdrawVote', by };
    const { electorate, facts, reader } = this.options;
    const voters = await electorate.votersFor(by);
    const onBehalfOf = request.onBehalfOf && canonicalRef(request.onBehalfOf);
    const seat = voters.seats.find(({ ref }) => ref === (onBehalfOf ?? by));
    if (!seat)
      throw new FieldError([
        {
          pointer: '/onBehalfOf',
          detail: `${onBehalfOf} has not let you vote for them, or no longer`,
        },
      ]);
    const { rollout } = await reader.stored(id);
    return {
      type: 'vote',
      subjectDigest: request.subjectDigest,
      vote: {
        by,
        ...(onBehalfOf && onBehalfOf !== by && { onBehalfOf }),
        groups: seat.groups,
        decision,
        ...(request.comment && { comment: request.comment }),
      },
      facts: await facts.read({
        componentRef: rollout.componentRef,
        environmentRef: rollout.environmentRef,
        releaseId: rollout.release.id,
        strategy: rollout.strategy,
        replicas: rollout.replicas,
      }),
    };
  }

  private async shown(
    stored: StoredApproval,
    caller: Caller,
  ): Promise<Approval> {
    const component = await this.options.catalog.component(
      stored.componentRef,
      caller.credentials,
    );
    const [approval] = await this.show(
      [stored],
      new Map(component && [[component.ref, component]]),
      await this.voters(caller),
      caller,
    );
    return approval;
  }

  /** In the same order. What all need is read once. */
  private async show(
    approvals: StoredApproval[],
    components: Map<string, ComponentFacts>,
    voters: Voters,
    caller: Caller,
  ): Promise<Approval[]> {
    if (!approvals.length) return [];
    const { authorizer, now, reader, releases, rollouts } = this.options;
    const stored = await rollouts.byIds(approvals.map(({ id }) => id));
    const shown = await reader.show(
      approvals.map(({ id }) => {
        const found = stored.get(id);
        if (!found) throw new NotFoundError(`There is no rollout '${id}'`);
        return found;
      }),
      ref => components.get(ref),
      caller,
    );
    const documents = await releases.byIds(
      shown.flatMap(({ release, previousRelease }) => [
        release.id,
        ...(previousRelease ? [previousRelease.id] : []),
      ]),
    );
    const outcomes = await rollouts.outcomesOf(
      [...new Set(shown.map(({ componentRef }) => componentRef))],
      new Date(now() - 30 * dayMs).toISOString(),
    );
    const may = await authorizer.may(
      approvalDecidePermission,
      caller.credentials,
    );
    return approvals.map(({ id, gates }, index) => {
      const rollout = shown[index];
      const release = documents.get(rollout.release.id);
      if (!release)
        throw new NotFoundError(`Release ${rollout.release.id} is gone`);
      const present =
        rollout.previousRelease && documents.get(rollout.previousRelease.id);
      const change = releaseChange(present, release, rollout.environmentName);
      return {
        id,
        state: stateOf[gates.status],
        rollout,
        change,
        risks: risksOf({
          facts: gates.facts,
          release,
          present,
          outcomes: outcomes.filter(
            one =>
              one.componentRef === rollout.componentRef &&
              one.environmentRef === rollout.environmentRef,
          ),
          changedVariables: change.configuration.length,
          now: now(),
        }),
        allowedActions: this.actions(gates, voters, may),
      };
    });
  }

  private actions(
    gates: GatesState,
    voters: Voters,
    may: boolean,
  ): AllowedActions {
    const refusal = may
      ? undefined
      : `This needs the permission ${approvalDecidePermission.name}.`;
    const decided =
      gates.status === 'waiting' ? undefined : 'This has been decided.';
    const voted = gates.votes.some(({ by }) => by === voters.me);
    const eligible = voters.seats.map(({ ref, groups }) =>
      refusalToVote(gates, {
        by: voters.me,
        ...(ref !== voters.me && { onBehalfOf: ref }),
        groups,
      }),
    );
    const vote =
      refusal ??
      decided ??
      (voted
        ? 'You have voted; withdraw your vote to change it.'
        : undefined) ??
      (eligible.some(reason => reason === undefined) ? undefined : eligible[0]);
    return {
      approve: allowedUnless(vote),
      reject: allowedUnless(vote),
      withdraw: allowedUnless(
        refusal ?? decided ?? (voted ? undefined : 'You have not voted.'),
      ),
    };
  }

  private async voters(caller: Caller): Promise<Voters> {
    const { principal } = caller.credentials;
    return principal.type === 'user'
      ? this.options.electorate.votersShown(principal.userEntityRef)
      : { me: principal.subject, seats: [] };
  }
}

function nobodyIsAsked(id: string): NotFoundError {
  return new NotFoundError(`Nobody is asked about rollout '${id}'`);
}

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
import { canonicalRef, type CatalogReader } from '../catalog/CatalogReader';
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
    const { authorizer, catalog, store } = this.options;
    await authorizer.require(rolloutReadPermission, caller.credentials);
    const refs = query.componentRef
      ? [canonicalRef(query.componentRef)]
      : await store.componentRefs();
    const components = await catalog.components(refs, caller.credentials);
    const voters = await this.voters(caller);
    const page = await store.list({
      ...query,
      descending: true,
      componentRefs: components.map(({ ref }) => ref),
      voters,
    });
    const items: Approval[] = [];
    for (const stored of page.items)
      items.push(await this.shown(stored, voters, caller));
    return { ...page, items };
  }

  async get(id: string, caller: Caller): Promise<Approval> {
    const { reader, store } = this.options;
    // Whoever may see the rollout may see what is asked about it.
    await reader.get(id, caller);
    const stored = await store.get(id);
    if (!stored) throw nobodyIsAsked(id);
    return this.shown(stored, await this.voters(caller), caller);
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
        return this.shown(after, await this.voters(caller), caller);
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
    { id, gates }: StoredApproval,
    voters: Voters,
    caller: Caller,
  ): Promise<Approval> {
    const { now, reader, releases, rollouts } = this.options;
    const rollout = await reader.shown(id, caller);
    const release = await releases.get(rollout.release.id);
    if (!release)
      throw new NotFoundError(`Release ${rollout.release.id} is gone`);
    const present = rollout.previousRelease
      ? await releases.get(rollout.previousRelease.id)
      : undefined;
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
        outcomes: await rollouts.outcomes({
          componentRef: rollout.componentRef,
          environmentRef: rollout.environmentRef,
          since: new Date(now() - 30 * dayMs).toISOString(),
        }),
        changedVariables: change.configuration.length,
        now: now(),
      }),
      allowedActions: await this.actions(gates, voters, caller),
    };
  }

  private async actions(
    gates: GatesState,
    voters: Voters,
    caller: Caller,
  ): Promise<AllowedActions> {
    const may = await this.options.authorizer.may(
      approvalDecidePermission,
      caller.credentials,
    );
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
      ? this.options.electorate.votersFor(principal.userEntityRef)
      : { me: principal.subject, seats: [] };
  }
}

function nobodyIsAsked(id: string): NotFoundError {
  return new NotFoundError(`Nobody is asked about rollout '${id}'`);
}

import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type Approval,
  approvalDecidePermission,
  type ApprovalDecision,
  type ApprovalDecisionRequest,
  approvalRequestPermission,
  type RolloutApproval,
  rolloutReadPermission,
} from '@slipway/backstage-plugin-delivery-common';
import {
  actorOf,
  type Authorizer,
  type Caller,
  type Mutations,
  type PageOf,
  userOf,
  type VisibleComponents,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine } from '@slipway/workflow-engine';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
} from '../catalog/CatalogReader';
import type {
  ApprovalStore,
  StoredApproval,
  StoredRolloutApproval,
  Voters,
} from '../database/ApprovalStore';
import type { ReleaseStore } from '../database/ReleaseStore';
import type { RolloutStore } from '../database/RolloutStore';
import type { RequestCommand } from '../domain/request/commands';
import type { RolloutCommand } from '../domain/rollout/commands';
import { approvalState } from './gates/approvalState';
import { castVote } from './gates/castVote';
import type { Electorate } from './gates/Electorate';
import type { GateFactsReader } from './gates/GateFactsReader';
import { releaseChange } from './gates/releaseChange';
import { risksOf } from './gates/risks';
import { voteActions } from './gates/voteActions';
import type { RequestService } from './requests/RequestService';
import { showRequest } from './requests/showRequest';
import type { KnownIncidents } from './incidents/KnownIncidents';
import type { RolloutReader } from './RolloutReader';

const dayMs = 24 * 3_600_000;

/** Asks people, and takes their votes. */
export class ApprovalService {
  constructor(
    private readonly options: {
      engine: Engine;
      store: ApprovalStore;
      rollouts: RolloutStore;
      releases: ReleaseStore;
      reader: RolloutReader;
      requests: RequestService;
      catalog: CatalogReader;
      authorizer: Authorizer;
      electorate: Electorate;
      facts: GateFactsReader;
      knownIncidents: KnownIncidents;
      mutations: Mutations;
      visibleComponents: VisibleComponents<ComponentFacts>;
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
    const { authorizer, electorate, store, visibleComponents } = this.options;
    const [voters] = await Promise.all([
      electorate.votersOf(caller),
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
    return this.shown(await this.visible(id, caller), caller);
  }

  async decide(
    id: string,
    decision: ApprovalDecision,
    request: ApprovalDecisionRequest & { expectedVersion?: number },
    caller: Caller,
  ): Promise<Approval> {
    const { authorizer, engine, mutations, store } = this.options;
    return mutations.audited(
      caller,
      {
        eventId: 'approval-decide',
        severityLevel: 'high',
        meta: { approvalId: id, decision },
      },
      async () => {
        await authorizer.require(approvalDecidePermission, caller.credentials);
        const stored = await this.visible(id, caller);
        const { expectedVersion, ...body } = request;
        const operation = {
          name: 'approval.decide',
          request: { id, decision, ...body },
        };
        let voided: string | undefined;
        await mutations.idempotent(caller, operation, async () => {
          assertUndecided(stored);
          const command = await this.command(stored, decision, request, caller);
          return mutations.once(caller, operation, async tx => {
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
        });
        if (voided !== undefined)
          throw new ConflictError(
            `${voided}. Earlier approvals are void; look at it again before you decide.`,
          );
        const after = await store.get(id);
        if (!after) throw nobodyIsAsked(id);
        return this.shown(after, caller);
      },
    );
  }

  /** Whoever may see the rollout, or what a request is about, may see what is asked. */
  private async visible(id: string, caller: Caller): Promise<StoredApproval> {
    const { reader, requests, store } = this.options;
    const stored = await store.get(id);
    if (stored?.kind === 'request') return requests.visible(id, caller);
    await reader.get(id, caller);
    if (!stored) throw nobodyIsAsked(id);
    return stored;
  }

  private async command(
    stored: StoredApproval,
    decision: ApprovalDecision,
    request: ApprovalDecisionRequest,
    caller: Caller,
  ): Promise<RolloutCommand | RequestCommand> {
    const by = userOf(caller);
    if (decision === 'withdraw') return { type: 'withdrawVote', by };
    const { electorate, facts, reader } = this.options;
    const paper = await castVote(electorate, by, decision, request);
    if (stored.kind === 'request') return { type: 'vote', ...paper };
    const { rollout } = await reader.stored(stored.id);
    return {
      type: 'vote',
      ...paper,
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
    const { catalog, electorate } = this.options;
    const component =
      stored.kind === 'rollout'
        ? await catalog.component(stored.componentRef, caller.credentials)
        : undefined;
    const [approval] = await this.show(
      [stored],
      new Map(component && [[component.ref, component]]),
      await electorate.votersOf(caller),
      caller,
    );
    return approval;
  }

  /** In the same order. */
  private async show(
    approvals: StoredApproval[],
    components: Map<string, ComponentFacts>,
    voters: Voters,
    caller: Caller,
  ): Promise<Approval[]> {
    const { authorizer } = this.options;
    const [vote, ask] = await Promise.all(
      [approvalDecidePermission, approvalRequestPermission].map(permission =>
        authorizer.may(permission, caller.credentials),
      ),
    );
    const rollouts = await this.showRollouts(
      approvals.flatMap(one => (one.kind === 'rollout' ? one : [])),
      { components, voters, mayVote: vote },
      caller,
    );
    const byId = new Map(rollouts.map(shown => [shown.id, shown]));
    return approvals.flatMap(
      one =>
        (one.kind === 'request'
          ? showRequest(one, voters, { vote, ask })
          : byId.get(one.id)) ?? [],
    );
  }

  /** In the same order. What all need is read once. */
  private async showRollouts(
    approvals: StoredRolloutApproval[],
    seenBy: {
      components: Map<string, ComponentFacts>;
      voters: Voters;
      mayVote: boolean;
    },
    caller: Caller,
  ): Promise<RolloutApproval[]> {
    if (!approvals.length) return [];
    const { knownIncidents, now, reader, releases, rollouts } = this.options;
    const { components, mayVote, voters } = seenBy;
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
    const incidents = await knownIncidents.of([
      ...new Set(shown.map(({ componentRef }) => componentRef)),
    ]);
    return approvals.map(({ id, gates }, index) => {
      const rollout = shown[index];
      const release = documents.get(rollout.release.id);
      if (!release)
        throw new NotFoundError(`Release ${rollout.release.id} is gone`);
      const present =
        rollout.previousRelease && documents.get(rollout.previousRelease.id);
      const change = releaseChange(present, release, rollout.environmentName);
      return {
        kind: 'rollout',
        id,
        state: approvalState[gates.status],
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
          incidents: incidents.in(
            rollout.componentRef,
            rollout.environmentName,
          ),
          now: now(),
        }),
        allowedActions: voteActions(gates, voters, mayVote),
      };
    });
  }
}

// A rollout goes on after its approvals, and says itself what may still be voted; a request has ended.
function assertUndecided(stored: StoredApproval): void {
  if (stored.kind === 'request' && stored.state.ballot.status !== 'waiting')
    throw new ConflictError(
      `This was decided already: ${approvalState[stored.state.ballot.status]}`,
    );
}

function nobodyIsAsked(id: string): NotFoundError {
  return new NotFoundError(`Nobody is asked about rollout '${id}'`);
}

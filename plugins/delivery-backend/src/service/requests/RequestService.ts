import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  approvalDecidePermission,
  approvalRequestPermission,
  type AskApprovalRequest,
  type RequestApproval,
  rolloutReadPermission,
} from '@slipway/backstage-plugin-delivery-common';
import {
  actorOf,
  type Authorizer,
  type Caller,
  durationMs,
  FieldError,
  type FieldProblem,
  type Mutations,
  pluginOf,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine } from '@slipway/workflow-engine';
import { randomUUID } from 'node:crypto';
import { canonicalRef, type CatalogReader } from '../../catalog/CatalogReader';
import type {
  ApprovalStore,
  StoredRequest,
} from '../../database/ApprovalStore';
import { assertCanBeMet } from '../../domain/request/assertCanBeMet';
import type { PipelineFacts } from '../../domain/pipeline/PipelineFacts';
import type { RequestCommand } from '../../domain/request/commands';
import { REQUEST_WORKFLOW } from '../../domain/request/requestWorkflow';
import { approvalState } from '../gates/approvalState';
import type { Electorate } from '../gates/Electorate';
import { refusalToWithdraw, showRequest } from './showRequest';

const maxDetailsBytes = 16_384;
const shortestMs = 1000;
const longestMs = 90 * 24 * 3_600_000;

/** Requests for approval that belong to no rollout. */
export class RequestService {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      catalog: CatalogReader;
      electorate: Electorate;
      engine: Engine;
      mutations: Mutations;
      /** Who there is in the catalog, with the plugin's own rights. */
      people: () => Promise<PipelineFacts>;
      store: ApprovalStore;
    },
  ) {}

  /** Asks. `existed` when the same request was carried out before. */
  async ask(
    body: AskApprovalRequest,
    caller: Caller,
  ): Promise<{ approval: RequestApproval; existed: boolean }> {
    const { authorizer, engine, mutations } = this.options;
    const componentRef = body.componentRef && canonicalRef(body.componentRef);
    return mutations.audited(
      caller,
      {
        eventId: 'approval-ask',
        severityLevel: 'medium',
        meta: { ...(componentRef && { componentRef }) },
      },
      async () => {
        await authorizer.require(approvalRequestPermission, caller.credentials);
        const plugin = pluginOf(caller);
        const asked = {
          ...canonical(body),
          requestedBy: actorOf(caller).id,
          ...(plugin && { askedThrough: plugin }),
        };
        const operation = { name: 'approval.ask', request: body };
        // What people and groups there were may have changed since it was asked for the first time.
        const { resultId, replayed } = await mutations.idempotent(
          caller,
          operation,
          async () => {
            await this.assertSeen(
              componentRef,
              caller,
              () =>
                new NotFoundError(`There is no component '${componentRef}'`),
            );
            assertCanBeMet(
              asked.approval,
              asked.requestedBy,
              await this.options.people(),
            );
            return mutations.once(caller, operation, async tx => {
              const id = randomUUID();
              await engine.startRun<RequestCommand>({
                type: REQUEST_WORKFLOW,
                id,
                command: { type: 'ask', asked },
                actor: actorOf(caller),
                tx,
              });
              return id;
            });
          },
        );
        return {
          approval: await this.shown(await this.stored(resultId), caller),
          existed: replayed,
        };
      },
    );
  }

  async get(id: string, caller: Caller): Promise<RequestApproval> {
    return this.shown(await this.visible(id, caller), caller);
  }

  /**
   * Ends a request that the caller asked and nobody has decided. So may the plugin through which somebody asked: what it
   * needed the approval for may be over.
   */
  async withdraw(
    id: string,
    options: { reason?: string; expectedVersion?: number },
    caller: Caller,
  ): Promise<RequestApproval> {
    const { authorizer, engine, mutations } = this.options;
    const { expectedVersion, reason } = options;
    return mutations.audited(
      caller,
      {
        eventId: 'approval-request-withdraw',
        severityLevel: 'medium',
        meta: { approvalId: id },
      },
      async () => {
        await authorizer.require(approvalRequestPermission, caller.credentials);
        const { state } = await this.visible(id, caller);
        const me = actorOf(caller).id;
        const isItsPlugin =
          me === pluginOf(caller) && me === state.asked.askedThrough;
        if (state.ballot.requestedBy !== me && !isItsPlugin)
          throw new NotAllowedError(refusalToWithdraw(state, me));
        await mutations.once(
          caller,
          { name: 'approval.request.withdraw', request: { id, reason } },
          async tx => {
            if (state.ballot.status !== 'waiting')
              throw new ConflictError(
                `This was decided already: ${approvalState[state.ballot.status]}`,
              );
            await engine.submit<RequestCommand>({
              runId: id,
              command: { type: 'withdraw', ...(reason && { reason }) },
              actor: actorOf(caller),
              expectedVersion,
              tx,
            });
            return id;
          },
        );
        return this.shown(await this.stored(id), caller);
      },
    );
  }

  /** Throws `NotFoundError` for what is no request, or is about a component that the caller may not see. */
  async visible(id: string, caller: Caller): Promise<StoredRequest> {
    await this.options.authorizer.require(
      rolloutReadPermission,
      caller.credentials,
    );
    const stored = await this.stored(id);
    await this.assertSeen(stored.componentRef, caller, () => notThere(id));
    return stored;
  }

  private async assertSeen(
    componentRef: string | undefined,
    caller: Caller,
    otherwise: () => Error,
  ): Promise<void> {
    const { catalog } = this.options;
    if (
      componentRef &&
      !(await catalog.component(componentRef, caller.credentials))
    )
      throw otherwise();
  }

  private async stored(id: string): Promise<StoredRequest> {
    const stored = await this.options.store.get(id);
    if (stored?.kind !== 'request') throw notThere(id);
    return stored;
  }

  private async shown(
    stored: StoredRequest,
    caller: Caller,
  ): Promise<RequestApproval> {
    const { authorizer, electorate } = this.options;
    const { credentials } = caller;
    return showRequest(stored, await electorate.votersOf(caller), {
      vote: await authorizer.may(approvalDecidePermission, credentials),
      ask: await authorizer.may(approvalRequestPermission, credentials),
    });
  }
}

/** With every reference in the spelling of the catalog. Throws `FieldError` for what the document cannot say. */
function canonical(body: AskApprovalRequest): AskApprovalRequest {
  const { approval, componentRef, details } = body;
  const problems: FieldProblem[] = [];
  if (approval.expiresAfter !== undefined) {
    const ms = durationMs(approval.expiresAfter);
    if (ms < shortestMs || ms > longestMs)
      problems.push({
        pointer: '/approval/expiresAfter',
        detail: 'must be between 1 s and 90 d',
      });
  }
  if (details && Buffer.byteLength(JSON.stringify(details)) > maxDetailsBytes)
    problems.push({ pointer: '/details', detail: 'is larger than 16 kB' });
  if (problems.length) throw new FieldError(problems);
  return {
    ...body,
    ...(componentRef && { componentRef: canonicalRef(componentRef) }),
    approval: {
      ...approval,
      ...(approval.rules && {
        rules: approval.rules.map(rule => ({
          ...rule,
          group: canonicalRef(rule.group),
        })),
      }),
      ...(approval.approvers && {
        approvers: [...new Set(approval.approvers.map(canonicalRef))],
      }),
    },
  };
}

function notThere(id: string): NotFoundError {
  return new NotFoundError(`There is no request for approval '${id}'`);
}

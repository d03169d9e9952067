import {
  ApiClient,
  type ApiClientOptions,
  type ApiMutationOptions,
  type ApiRequestOptions,
  type EventBatch,
} from '@slipway/backstage-plugin-slipway-common';
import type { paths } from '../generated/openapi.generated';
import type {
  ApprovalDecision,
  ApprovalDecisionRequest,
  AskApprovalRequest,
  AskWindowExceptionRequest,
  CreateDelegationRequest,
  CreateHoldRequest,
  CreateReleaseRequest,
  DeliveryCloudEvent,
  PromotionAction,
  RolloutAction,
  ScaleTargetRequest,
  StartPromotionRequest,
  StartRollbackRequest,
  StartRollbacksRequest,
  StartRolloutRequest,
} from '../types';

type Query<Path extends keyof paths> = paths[Path] extends {
  get: { parameters: { query?: infer Q } };
}
  ? NonNullable<Q>
  : never;

/** Goes with every call. @public */
export type DeliveryRequestOptions = ApiRequestOptions;
/** Goes with every call that changes something. @public */
export type DeliveryMutationOptions = ApiMutationOptions;

/** Filters of the list of deployments. @public */
export type ListDeploymentsQuery = Query<'/deployments'>;
/** Filters of the list of releases. @public */
export type ListReleasesQuery = Query<'/releases'>;
/** Where, and with what, a release is compared. @public */
export type CompareReleaseQuery = Query<'/releases/{releaseId}/comparison'>;
/** Where, and by which strategy, a release is previewed. @public */
export type PreviewReleaseQuery = Query<'/releases/{releaseId}/preview'>;
/** Filters of the list of rollouts. @public */
export type ListRolloutsQuery = Query<'/rollouts'>;
/** Filters of the list of approvals. @public */
export type ListApprovalsQuery = Query<'/approvals'>;
/** Filters of the list of promotions. @public */
export type ListPromotionsQuery = Query<'/promotions'>;

/**
 * The client of the delivery API, for browsers (`discoveryApi`, `fetchApi`) and backends (`discovery` and the global
 * fetch). Every method throws `ResponseError` of `@backstage/errors` when the API answers with a problem; its `body`
 * holds the error, and its message what to do.
 *
 * @public
 */
export class DeliveryClient extends ApiClient<paths> {
  constructor(options: ApiClientOptions) {
    super('delivery', options);
  }

  getSettings(options?: DeliveryRequestOptions) {
    return this.call(options, (client, init) => client.GET('/settings', init));
  }

  async listEnvironments(options?: DeliveryRequestOptions) {
    const { items } = await this.call(options, (client, init) =>
      client.GET('/environments', init),
    );
    return items;
  }

  listDeployments(
    query: ListDeploymentsQuery = {},
    options?: DeliveryRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/deployments', { ...init, params: { query } }),
    );
  }

  async getTargetActions(
    query: { componentRef: string; environmentRef: string },
    options?: DeliveryRequestOptions,
  ) {
    const { allowedActions } = await this.call(options, (client, init) =>
      client.GET('/targets/allowed-actions', { ...init, params: { query } }),
    );
    return allowedActions;
  }

  /** What a change there has to go through that is no release. */
  getTargetGates(
    query: { componentRef: string; environmentRef: string },
    options?: DeliveryRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/targets/gates', { ...init, params: { query } }),
    );
  }

  /** Changes how many copies run. The rollout that does it is of the kind `scale`. */
  scaleTarget(body: ScaleTargetRequest, options?: DeliveryMutationOptions) {
    return this.call(options, (client, init) =>
      client.POST('/targets/scale', { ...init, body }),
    );
  }

  listReleases(
    query: ListReleasesQuery = {},
    options?: DeliveryRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/releases', { ...init, params: { query } }),
    );
  }

  getRelease(releaseId: string, options?: DeliveryRequestOptions) {
    return this.call(options, (client, init) =>
      client.GET('/releases/{releaseId}', {
        ...init,
        params: { path: { releaseId } },
      }),
    );
  }

  /** What a release would change where another one runs, or beside one that is named. */
  compareRelease(
    releaseId: string,
    query: CompareReleaseQuery,
    options?: DeliveryRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/releases/{releaseId}/comparison', {
        ...init,
        params: { path: { releaseId }, query },
      }),
    );
  }

  /** What a release would change where it really runs, asked of the environment's runtime: up to 10 seconds. */
  previewRelease(
    releaseId: string,
    query: PreviewReleaseQuery,
    options?: DeliveryRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/releases/{releaseId}/preview', {
        ...init,
        params: { path: { releaseId }, query },
      }),
    );
  }

  createRelease(body: CreateReleaseRequest, options?: DeliveryMutationOptions) {
    return this.call(options, (client, init) =>
      client.POST('/releases', { ...init, body }),
    );
  }

  listRollouts(
    query: ListRolloutsQuery = {},
    options?: DeliveryRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/rollouts', { ...init, params: { query } }),
    );
  }

  getRollout(rolloutId: string, options?: DeliveryRequestOptions) {
    return this.call(options, (client, init) =>
      client.GET('/rollouts/{rolloutId}', {
        ...init,
        params: { path: { rolloutId } },
      }),
    );
  }

  startRollout(body: StartRolloutRequest, options?: DeliveryMutationOptions) {
    return this.call(options, (client, init) =>
      client.POST('/rollouts', { ...init, body }),
    );
  }

  actOnRollout(
    rolloutId: string,
    action: RolloutAction,
    body: { reason?: string } = {},
    options?: DeliveryMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/rollouts/{rolloutId}/{action}', {
        ...init,
        params: { path: { rolloutId, action } },
        body,
      }),
    );
  }

  startRollback(body: StartRollbackRequest, options?: DeliveryMutationOptions) {
    return this.call(options, (client, init) =>
      client.POST('/rollbacks', { ...init, body }),
    );
  }

  /** All of them, or none when one environment refuses. Answers in the order of the targets. */
  async startRollbacks(
    body: StartRollbacksRequest,
    options?: DeliveryMutationOptions,
  ) {
    const { items } = await this.call(options, (client, init) =>
      client.POST('/rollbacks/together', { ...init, body }),
    );
    return items;
  }

  async listRolloutEvents(
    rolloutId: string,
    query: { afterVersion?: number; limit?: number } = {},
    options?: DeliveryRequestOptions,
  ) {
    const { items } = await this.call(options, (client, init) =>
      client.GET('/rollouts/{rolloutId}/events', {
        ...init,
        params: { path: { rolloutId }, query },
      }),
    );
    return items;
  }

  async getRolloutLogs(
    rolloutId: string,
    query: { releaseId?: string; tail?: number } = {},
    options?: DeliveryRequestOptions,
  ) {
    const { lines } = await this.call(options, (client, init) =>
      client.GET('/rollouts/{rolloutId}/logs', {
        ...init,
        params: { path: { rolloutId }, query },
      }),
    );
    return lines;
  }

  judgeRelease(
    releaseId: string,
    verdict: 'reject' | 'unreject',
    body: { reason: string },
    options?: DeliveryMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/releases/{releaseId}/{verdict}', {
        ...init,
        params: { path: { releaseId, verdict } },
        body,
      }),
    );
  }

  listPipelines(options?: DeliveryRequestOptions) {
    return this.call(options, (client, init) => client.GET('/pipelines', init));
  }

  /** The newest release's preview when none is named. */
  previewPipeline(
    query: { componentRef: string; releaseId?: string },
    options?: DeliveryRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/pipelines/preview', { ...init, params: { query } }),
    );
  }

  /** Instants as ISO 8601. */
  listWindowOccurrences(
    query: { from: string; to: string },
    options?: DeliveryRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/windows', { ...init, params: { query } }),
    );
  }

  /** Exceptions to windows that are asked for, or in force now or later. */
  async listWindowExceptions(
    query: { componentRef?: string } = {},
    options?: DeliveryRequestOptions,
  ) {
    const { items } = await this.call(options, (client, init) =>
      client.GET('/window-exceptions', { ...init, params: { query } }),
    );
    return items;
  }

  /** Asks that windows let one component through for a while. Its identifier is that of the approval, too. */
  askWindowException(
    body: AskWindowExceptionRequest,
    options?: DeliveryMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/window-exceptions', { ...init, body }),
    );
  }

  /** Ends an exception before its time. */
  endWindowException(
    exceptionId: string,
    body: { reason: string },
    options?: DeliveryMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/window-exceptions/{exceptionId}/end', {
        ...init,
        params: { path: { exceptionId } },
        body,
      }),
    );
  }

  listApprovals(
    query: ListApprovalsQuery = {},
    options?: DeliveryRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/approvals', { ...init, params: { query } }),
    );
  }

  getApproval(approvalId: string, options?: DeliveryRequestOptions) {
    return this.call(options, (client, init) =>
      client.GET('/approvals/{approvalId}', {
        ...init,
        params: { path: { approvalId } },
      }),
    );
  }

  decideApproval(
    approvalId: string,
    decision: ApprovalDecision,
    body: ApprovalDecisionRequest,
    options?: DeliveryMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/approvals/{approvalId}/{decision}', {
        ...init,
        params: { path: { approvalId, decision } },
        body,
      }),
    );
  }

  /** Asks people to approve something that belongs to no rollout. */
  askApproval(body: AskApprovalRequest, options?: DeliveryMutationOptions) {
    return this.call(options, (client, init) =>
      client.POST('/approval-requests', { ...init, body }),
    );
  }

  /** A request for approval that belongs to no rollout. */
  getApprovalRequest(approvalId: string, options?: DeliveryRequestOptions) {
    return this.call(options, (client, init) =>
      client.GET('/approval-requests/{approvalId}', {
        ...init,
        params: { path: { approvalId } },
      }),
    );
  }

  /** Ends a request of one's own that nobody has decided yet. */
  withdrawApprovalRequest(
    approvalId: string,
    body: { reason?: string } = {},
    options?: DeliveryMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/approval-requests/{approvalId}/withdraw', {
        ...init,
        params: { path: { approvalId } },
        body,
      }),
    );
  }

  reviewBreakGlass(
    rolloutId: string,
    body: { reason: string },
    options?: DeliveryMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/rollouts/{rolloutId}/review', {
        ...init,
        params: { path: { rolloutId } },
        body,
      }),
    );
  }

  listPromotions(
    query: ListPromotionsQuery = {},
    options?: DeliveryRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/promotions', { ...init, params: { query } }),
    );
  }

  getPromotion(promotionId: string, options?: DeliveryRequestOptions) {
    return this.call(options, (client, init) =>
      client.GET('/promotions/{promotionId}', {
        ...init,
        params: { path: { promotionId } },
      }),
    );
  }

  async listPromotionEvents(
    promotionId: string,
    query: { afterVersion?: number; limit?: number } = {},
    options?: DeliveryRequestOptions,
  ) {
    const { items } = await this.call(options, (client, init) =>
      client.GET('/promotions/{promotionId}/events', {
        ...init,
        params: { path: { promotionId }, query },
      }),
    );
    return items;
  }

  /** What a promotion would do. Changes nothing. */
  planPromotion(body: StartPromotionRequest, options?: DeliveryRequestOptions) {
    return this.call(options, (client, init) =>
      client.POST('/promotions/plan', { ...init, body }),
    );
  }

  startPromotion(
    body: StartPromotionRequest,
    options?: DeliveryMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/promotions', { ...init, body }),
    );
  }

  actOnPromotion(
    promotionId: string,
    action: PromotionAction,
    body: { reason?: string } = {},
    options?: DeliveryMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/promotions/{promotionId}/{action}', {
        ...init,
        params: { path: { promotionId, action } },
        body,
      }),
    );
  }

  /** Where automatic promotion is held now, newest first. */
  async listHolds(
    query: { componentRef?: string } = {},
    options?: DeliveryRequestOptions,
  ) {
    const { items } = await this.call(options, (client, init) =>
      client.GET('/holds', { ...init, params: { query } }),
    );
    return items;
  }

  createHold(body: CreateHoldRequest, options?: DeliveryMutationOptions) {
    return this.call(options, (client, init) =>
      client.POST('/holds', { ...init, body }),
    );
  }

  releaseHold(
    holdId: string,
    body: { reason: string },
    options?: DeliveryMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/holds/{holdId}/release', {
        ...init,
        params: { path: { holdId } },
        body,
      }),
    );
  }

  async listDelegations(options?: DeliveryRequestOptions) {
    const { items } = await this.call(options, (client, init) =>
      client.GET('/delegations', init),
    );
    return items;
  }

  createDelegation(
    body: CreateDelegationRequest,
    options?: DeliveryMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/delegations', { ...init, body }),
    );
  }

  endDelegation(delegationId: string, options?: DeliveryMutationOptions) {
    return this.call(options, (client, init) =>
      client.POST('/delegations/{delegationId}/end', {
        ...init,
        params: { path: { delegationId } },
      }),
    );
  }

  /** One batch of the feed. Go on from `cursor`; read again at once while `more`. */
  readEvents(
    query: { after?: string; limit?: number } = {},
    options?: DeliveryRequestOptions,
  ): Promise<EventBatch<DeliveryCloudEvent>> {
    return this.readFeed(query, options);
  }
}

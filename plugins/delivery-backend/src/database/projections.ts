import { ConflictError } from '@backstage/errors';
import type { HealthStatus } from '@slipway/backstage-plugin-delivery-common';
import type { RecordedEvent, RunRecord } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { refusals as promotionRefusals } from '../domain/promotion/actions';
import type { PromotionEvent } from '../domain/promotion/events';
import type { PromotionState } from '../domain/promotion/state';
import { promotionView } from '../domain/promotion/view';
import type {
  ReleaseDocument,
  ReleaseEvent,
} from '../domain/release/releaseWorkflow';
import type { RequestEvent } from '../domain/request/events';
import type { RequestState } from '../domain/request/state';
import { refusals } from '../domain/rollout/actions';
import type { RolloutDomainEvent } from '../domain/rollout/events';
import { hasEnded, type RolloutState } from '../domain/rollout/state';
import { rolloutView } from '../domain/rollout/view';
import { ApprovalStore } from './ApprovalStore';
import { DeploymentStore } from './DeploymentStore';
import { PromotionStore } from './PromotionStore';
import { ReleaseStore } from './ReleaseStore';
import { RolloutStore } from './RolloutStore';
import { WindowExceptionStore } from './WindowExceptionStore';

/** Keeps `releases` in step with the runs of releases. */
export async function projectRelease(
  tx: Knex.Transaction,
  {
    run,
    events,
  }: { events: RecordedEvent<ReleaseEvent>[]; run: RunRecord<ReleaseDocument> },
): Promise<void> {
  for (const { type } of events)
    if (type === 'release.created') await ReleaseStore.insert(tx, run.state);
    else await ReleaseStore.update(tx, run.state);
}

/** Keeps `promotions` in step with the runs of promotions. */
export async function projectPromotion(
  tx: Knex.Transaction,
  {
    run,
    events,
  }: {
    run: RunRecord<PromotionState>;
    events: RecordedEvent<PromotionEvent>[];
  },
): Promise<void> {
  const promotion = promotionView(run.id, run.version, run.state);
  await PromotionStore.upsert(tx, {
    promotion,
    refusals: promotionRefusals(run.state),
  });
  if (
    events.some(({ type }) => type === 'promotion.started') &&
    !(await PromotionStore.take(tx, promotion))
  )
    throw new ConflictError(
      'Another promotion of the same release is under way; abort it or wait until it has ended',
    );
  if (promotion.finishedAt) await PromotionStore.letGo(tx, run.id);
}

/** Keeps `approvals`, and exceptions to windows, in step with the runs of requests for approval. */
export async function projectRequest(
  tx: Knex.Transaction,
  {
    run,
  }: { run: RunRecord<RequestState>; events: RecordedEvent<RequestEvent>[] },
): Promise<void> {
  await ApprovalStore.upsertRequest(tx, run);
  await WindowExceptionStore.upsert(tx, run);
}

/** Keeps `rollouts` and `deployments` in step with the runs of rollouts. */
export async function projectRollout(
  tx: Knex.Transaction,
  {
    run,
    events,
  }: {
    run: RunRecord<RolloutState>;
    events: RecordedEvent<RolloutDomainEvent>[];
  },
): Promise<void> {
  const { state } = run;
  const target = {
    componentRef: state.request.target.componentRef,
    environmentRef: state.request.target.environmentRef,
  };
  const view = rolloutView(run.id, run.version, state);
  if (
    events.some(
      ({ type }) => type === 'rollout.started' || type.startsWith('gates.'),
    )
  )
    await ApprovalStore.upsertRollout(tx, run.id, state);
  const untouched =
    state.phase === 'held' ||
    (hasEnded(state) && events.some(({ type }) => type === 'gates.closed'));
  if (untouched) {
    await RolloutStore.upsert(tx, { rollout: view, refusals: refusals(state) });
    // What was taken to look whether it may begin is given back when it may not.
    await DeploymentStore.release(tx, target, run.id);
    return;
  }
  const starts = events.some(({ type }) => type === 'rollout.started');
  if (starts && !(await DeploymentStore.take(tx, target, run.id)))
    throw new ConflictError(
      'Another rollout is under way there; abort it or wait until it has ended',
    );

  await RolloutStore.upsert(tx, { rollout: view, refusals: refusals(state) });
  await DeploymentStore.update(tx, target, {
    generation: state.generation,
    lastRolloutId: run.id,
    activeRolloutPhase: view.phase,
    health: healthOf(state),
    updatedAt: view.updatedAt,
    ...(state.observation && { observation: state.observation }),
    ...(state.phase === 'succeeded' && {
      ...(state.request.kind !== 'scale' && {
        release: state.request.release,
        previousRelease: state.request.previous ?? null,
        deployedAt: view.finishedAt,
        deployedBy: state.request.requestedBy,
      }),
      replicas: state.request.replicas,
    }),
  });
  if (hasEnded(state)) await DeploymentStore.release(tx, target, run.id);
}

// Until a rollout has succeeded, the release before is what the deployment is judged by.
function healthOf(state: RolloutState): HealthStatus {
  const { release, previous } = state.request;
  const judged = state.phase === 'succeeded' || !previous ? release : previous;
  const seen = state.observation?.versions.find(
    ({ releaseId }) => releaseId === judged.releaseId,
  );
  if (seen) return seen.health;
  if (state.observation && hasEnded(state)) return 'stopped';
  return 'unknown';
}

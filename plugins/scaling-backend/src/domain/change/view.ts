import type { ScalingChange } from '@slipway/backstage-plugin-scaling-common';
import type { RunRecord } from '@slipway/workflow-engine';
import type { ChangeState } from './state';

/** A change as it is stored for reading: without what depends on who reads. */
export type ChangeDocument = Omit<ScalingChange, 'allowedActions'>;

/** A run's change as the API shows it. Pure. */
export function changeView({
  id,
  version,
  state,
  createdAt,
  updatedAt,
  finishedAt,
}: RunRecord<ChangeState>): ChangeDocument {
  const { asked, end, outcome, phase, problem } = state;
  const { kind, reason, requestedBy, target, via } = asked;
  const { id: targetId, ...where } = target;
  const until = asked.kind === 'scale' ? asked.until : undefined;
  const { nextChangeAt, ...limits } = state.limits ?? {};
  return {
    id,
    version,
    targetId,
    ...where,
    kind,
    via,
    reason,
    requestedBy,
    ...(asked.kind === 'scale'
      ? { replicas: asked.replicas }
      : {
          policy: asked.policy,
          policyDigest: asked.digest,
          approvals: asked.approvals,
        }),
    phase,
    ...(until !== undefined && { until: new Date(until).toISOString() }),
    ...(state.before && { before: state.before }),
    ...(state.wanted && { wanted: state.wanted }),
    ...('min' in limits && {
      limits: {
        ...limits,
        ...(nextChangeAt !== undefined && {
          nextChangeAt: new Date(nextChangeAt).toISOString(),
        }),
      },
    }),
    ...(state.waitsFor && { waitsFor: state.waitsFor }),
    ...(state.rolloutId && { rolloutId: state.rolloutId }),
    ...(end && { end }),
    ...(outcome && { outcome }),
    ...(problem && phase === 'stuck' && { problem }),
    createdAt,
    updatedAt,
    ...(finishedAt && { finishedAt }),
  };
}

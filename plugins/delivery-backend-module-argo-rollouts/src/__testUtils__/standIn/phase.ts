import type { Rollout, RolloutStatus } from '../../objects/rollout';

/** The phase in one word and the reason, in the order in which Argo looks for it. */
export function phaseOf(
  { spec }: Rollout,
  status: RolloutStatus & {
    replicas: number;
    updatedReplicas: number;
    availableReplicas: number;
  },
): { phase: string; message?: string } {
  for (const { type, status: holds, reason, message } of status.conditions ??
    []) {
    if (type === 'InvalidSpec' && holds === 'True')
      return { phase: 'Degraded', message: `InvalidSpec: ${message}` };
    if (reason === 'RolloutAborted' || reason === 'ProgressDeadlineExceeded')
      return { phase: 'Degraded', message: `${reason}: ${message}` };
  }
  const progressing = (message: string) => ({ phase: 'Progressing', message });
  if (spec?.paused) return { phase: 'Paused', message: 'manually paused' };
  const [pause] = status.pauseConditions ?? [];
  if (pause) return { phase: 'Paused', message: String(pause.reason) };
  if (status.updatedReplicas < (spec?.replicas ?? 1))
    return progressing('more replicas need to be updated');
  if (status.availableReplicas < status.updatedReplicas)
    return progressing('updated replicas are still becoming available');
  if (spec?.strategy?.canary && status.replicas > status.updatedReplicas)
    return progressing('old replicas are pending termination');
  if (status.stableRS !== status.currentPodHash)
    return progressing(
      spec?.strategy?.canary
        ? 'waiting for all steps to complete'
        : 'active service cutover pending',
    );
  return { phase: 'Healthy', message: undefined };
}

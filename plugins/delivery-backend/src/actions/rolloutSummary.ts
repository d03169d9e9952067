import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import { allowedActions, type ZodApi } from './inputs';

/** What an agent needs of a rollout to say how it stands and what to do next. */
export function rolloutSummary(rollout: Rollout) {
  const step = rollout.steps[rollout.currentStepIndex];
  return {
    id: rollout.id,
    version: rollout.version,
    kind: rollout.kind,
    componentRef: rollout.componentRef,
    environmentRef: rollout.environmentRef,
    tier: rollout.tier,
    release: named(rollout.release),
    ...(rollout.previousRelease && {
      previousRelease: named(rollout.previousRelease),
    }),
    phase: rollout.phase,
    ...(rollout.message && { message: rollout.message }),
    ...(rollout.waitingFor && { waitingFor: rollout.waitingFor }),
    ...(rollout.waitReason && { waitReason: rollout.waitReason }),
    ...(step && { currentStep: step.title }),
    weight: rollout.weight,
    requestedBy: rollout.requestedBy,
    ...(rollout.reason && { reason: rollout.reason }),
    createdAt: rollout.createdAt,
    ...(rollout.finishedAt && { finishedAt: rollout.finishedAt }),
    allowedActions: rollout.allowedActions,
  };
}

function named({ id, version }: Rollout['release']) {
  return { id, version };
}

export function rolloutSummarySchema(z: ZodApi) {
  const release = z.object({ id: z.string(), version: z.string() });
  return z.object({
    id: z.string(),
    version: z.number().describe('Rises with everything that happens'),
    kind: z.enum(['rollout', 'rollback', 'scale']),
    componentRef: z.string(),
    environmentRef: z.string(),
    tier: z.enum(['development', 'staging', 'production']),
    release: release.describe('What is being rolled out'),
    previousRelease: release.optional().describe('What ran before'),
    phase: z
      .string()
      .describe(
        'held: waits for its gates and has not begun. Under way: pending, preparing, progressing, paused, rollingBack. Ended: succeeded, rolledBack (verification failed), aborted (by a person)',
      ),
    message: z.string().optional(),
    waitingFor: z
      .enum(['person', 'gates', 'window'])
      .optional()
      .describe(
        'Present while nothing goes on: without a person, before its gates are open, or while a window holds what is under way',
      ),
    waitReason: z.string().optional(),
    currentStep: z.string().optional().describe('In words'),
    weight: z.number().describe('Percent of traffic on the new release'),
    requestedBy: z.string(),
    reason: z.string().optional(),
    createdAt: z.string(),
    finishedAt: z.string().optional().describe('Present once it has ended'),
    allowedActions: allowedActions(z),
  });
}

import type { ScalingChange } from '@slipway/backstage-plugin-scaling-common';
import type { ZodApi } from './inputs';

/** What an agent needs to know of a change. */
export function changeSummarySchema(z: ZodApi) {
  return z.object({
    changeId: z.string(),
    kind: z.string(),
    phase: z.string(),
    replicas: z.number().optional().describe('By hand'),
    policy: z.string().optional().describe('The name of a policy'),
    until: z.string().optional(),
    reason: z.string(),
    requestedBy: z.string(),
    waitsFor: z.string().optional().describe('In words'),
    problem: z.string().optional(),
    approvals: z
      .array(z.string())
      .optional()
      .describe('Of delivery, all of which the policy needs first'),
  });
}

export function changeSummary(change: ScalingChange) {
  return {
    changeId: change.id,
    kind: change.kind,
    phase: change.phase,
    replicas: change.replicas,
    policy: change.policy?.metadata.name,
    until: change.until,
    reason: change.reason,
    requestedBy: change.requestedBy,
    waitsFor: change.waitsFor,
    problem: change.problem,
    approvals: change.approvals,
  };
}

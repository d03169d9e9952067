import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import type { ZodApi } from './inputs';

/** What an agent needs to know of a target. */
export function targetSummarySchema(z: ZodApi) {
  return {
    targetId: z.string(),
    componentRef: z.string(),
    environmentRef: z.string(),
    tier: z.string(),
    workload: z.string(),
    drivenBy: z
      .string()
      .describe(
        'hpa, keda, slipway: a policy that Slipway follows by itself, or fixed: nothing scales it',
      ),
    currentReplicas: z.number().optional().describe('Absent when unknown'),
    readyReplicas: z.number().optional().describe('Absent when unknown'),
    minReplicas: z.number().optional(),
    maxReplicas: z.number().optional(),
    load: z
      .number()
      .optional()
      .describe('Over 1 asks for more replicas. Absent when unknown'),
    attention: z.boolean(),
    problem: z.string().optional(),
  };
}

export function targetSummary({ driver, id, ...target }: ScalingTarget) {
  return {
    targetId: id,
    componentRef: target.componentRef,
    environmentRef: target.environmentRef,
    tier: target.tier,
    workload: target.workload,
    drivenBy: driver.kind,
    currentReplicas: target.currentReplicas,
    readyReplicas: target.readyReplicas,
    minReplicas: target.minReplicas,
    maxReplicas: target.maxReplicas,
    load: target.load,
    attention: target.attention,
    problem: target.problem,
  };
}

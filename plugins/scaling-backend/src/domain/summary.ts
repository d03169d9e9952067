import type { ObservedTarget } from '@slipway/backstage-plugin-scaling-node';

/** The metric that asks for most decides, as in a HorizontalPodAutoscaler. Nothing when no metric is known. */
export function loadOf({ metrics }: ObservedTarget): number | undefined {
  const ratios = metrics.flatMap(({ ratio }) => ratio ?? []);
  return ratios.length ? Math.max(...ratios) : undefined;
}

/** Whether somebody should look: it cannot scale, or it is not known how many replicas there are. */
export function needsAttention(target: ObservedTarget): boolean {
  return (
    target.currentReplicas === undefined ||
    target.conditions.some(({ severity }) => severity !== 'info')
  );
}

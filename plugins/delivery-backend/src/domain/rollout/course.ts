import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import type { RolloutCourse } from '@slipway/backstage-plugin-delivery-node';
import { goalOf } from './goal';
import type { RolloutState } from './state';

/** All that the rollout will want of its target while two releases run; `undefined` where only one does. */
export function courseOf(state: RolloutState): RolloutCourse | undefined {
  const [strategy] = Object.keys(state.request.strategy) as Array<
    keyof Strategy
  >;
  const goals: RolloutCourse['goals'] = [];
  let current = 0;
  let walker: Parameters<typeof goalOf>[1] = {
    request: state.request,
    canaryScale: { mode: 'match' },
  };
  state.plan.forEach((step, index) => {
    const goal = goalOf(step, walker);
    walker = {
      request: state.request,
      canaryScale:
        step.kind === 'setCanaryScale' ? step.scale : walker.canaryScale,
      goal: goal ?? walker.goal,
    };
    if (!goal?.keepPrevious) return;
    const { newReplicas, weight } = goal;
    const last = goals.at(-1);
    if (last?.replicas !== newReplicas || last.weight !== weight)
      goals.push({ replicas: newReplicas, weight });
    if (index <= state.current) current = goals.length - 1;
  });
  return goals.length ? { strategy, goals, current } : undefined;
}

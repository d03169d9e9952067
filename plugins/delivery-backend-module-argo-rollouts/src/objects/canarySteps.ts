import type { RolloutCourse } from '@slipway/backstage-plugin-delivery-node';
import type { CanaryStep } from './rollout';

/** A course as the steps of a Rollout. */
export interface RenderedCourse {
  steps: CanaryStep[];
  /**
   * Where the steps of the present goal begin, and the index of the pause at their end; `undefined` while the new
   * release has not begun.
   */
  at?: { begin: number; pause: number };
}

/**
 * After each goal comes a pause without an end, so that Argo brings the goal about and Slipway says when to go on. The
 * last one has all traffic and a pause too: until then the release before can come back at once.
 *
 * Without traffic routing the copies themselves are what shares traffic out, so that a goal without weight has none.
 */
export function renderCourse(
  { current, goals }: RolloutCourse,
  { isRouted }: { isRouted: boolean },
): RenderedCourse {
  const steps: CanaryStep[] = [];
  const total = goals.at(-1)?.replicas ?? 0;
  const isMatch = ({ replicas, weight }: RolloutCourse['goals'][number]) =>
    replicas === Math.ceil((total * weight) / 100);
  const scales = isRouted && !goals.every(isMatch);
  let at: RenderedCourse['at'];
  let last: { begin: number; weight: number } | undefined;
  goals.forEach((goal, index) => {
    const { replicas, weight } = goal;
    if (isRouted || (weight > 0 && weight !== last?.weight)) {
      last = { begin: steps.length, weight };
      if (scales)
        steps.push({
          setCanaryScale: isMatch(goal)
            ? { matchTrafficWeight: true }
            : { replicas },
        });
      steps.push({ setWeight: weight }, { pause: {} });
    } else if (weight === 0) last = undefined;
    if (index === current && last)
      at = { begin: last.begin, pause: steps.length - 1 };
  });
  return { steps, ...(at && { at }) };
}

import type { ScalingPolicy } from '@slipway/backstage-plugin-scaling-common';
import type { LimitsNow } from '../policy/limitsAt';
import { fewestNow, mostNow } from './pace';
import { rulesOf } from './rules';
import { stabilise } from './stabilise';
import type { AutoscaleState, LoadSample } from './state';
import { wishOf } from './wish';

/** What a policy says. */
export interface AutoscaleStep {
  desired: number;
  /** In words. */
  reason: string;
  /** For the next step. Takes `desired` for done. */
  state: AutoscaleState;
}

/**
 * One look of a policy at a workload, by the algorithm of Kubernetes' HorizontalPodAutoscaler (`autoscaling/v2`):
 * https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/
 *
 * To none and from none it goes by limits only, which schedules set: the load of no replicas cannot be measured.
 *
 * @param now - epoch milliseconds, later than in the steps before
 */
export function autoscale(
  state: AutoscaleState,
  sample: LoadSample,
  { spec }: ScalingPolicy,
  limits: Pick<LimitsNow, 'min' | 'max' | 'schedule'>,
  now: number,
): AutoscaleStep {
  const { replicas } = sample;
  const { up, down } = rulesOf(spec.behavior);
  const { max } = limits;
  const min = max === 0 ? 0 : Math.max(1, limits.min);
  const done = (
    desired: number,
    reason: string,
    wishes = state.wishes,
  ): AutoscaleStep => ({
    desired,
    reason,
    state: {
      wishes: recent(wishes, now, [
        up.stabilizationWindowSeconds,
        down.stabilizationWindowSeconds,
      ]),
      changes: recent(
        desired === replicas
          ? state.changes
          : [...state.changes, { at: now, from: replicas, to: desired }],
        now,
        [...up.policies, ...down.policies].map(
          ({ periodSeconds }) => periodSeconds,
        ),
      ),
    },
  });

  const by = limits.schedule
    ? `the schedule '${limits.schedule}'`
    : 'the policy';
  // Limits hold at once, however slowly load is followed.
  if (replicas > max) return done(max, `${by} allows at most ${max}`);
  if (replicas < min) return done(min, `${by} wants at least ${min}`);
  if (max === 0) return done(0, `${by} wants none`);

  const wish = wishOf(spec.metrics, sample, {
    up: up.tolerance,
    down: down.tolerance,
  });
  const wishes = [
    ...(state.wishes.length ? state.wishes : [{ at: now, replicas }]),
    { at: now, replicas: wish.replicas },
  ];
  const steady = stabilise(
    { ...state, wishes },
    replicas,
    {
      upSeconds: up.stabilizationWindowSeconds,
      downSeconds: down.stabilizationWindowSeconds,
    },
    now,
  );
  const most = mostNow(up, replicas, state, now);
  const fewest = fewestNow(down, replicas, state, now);
  const paced = Math.min(Math.max(steady, fewest), most);
  const desired = Math.min(Math.max(paced, min), max);
  return done(desired, [wish.reason, ...whyNot()].join('; '), wishes);

  /** What stands between the wish and what is done. */
  function whyNot(): string[] {
    if (desired === wish.replicas) return [];
    const isUp = wish.replicas > replicas;
    const said: string[] = [];
    if (steady !== wish.replicas)
      said.push(
        isUp
          ? `less was enough within the last ${up.stabilizationWindowSeconds} s`
          : `${steady} were needed within the last ${down.stabilizationWindowSeconds} s`,
      );
    if (paced !== steady)
      said.push(
        (isUp ? up : down).selectPolicy === 'Disabled'
          ? `the policy never goes ${isUp ? 'up' : 'down'}`
          : `the policy goes to ${paced} at most so fast`,
      );
    if (desired !== paced)
      said.push(
        desired === max
          ? `${by} allows at most ${max}`
          : `${by} wants at least ${min}`,
      );
    return said;
  }
}

function recent<T extends { at: number }>(
  all: readonly T[],
  now: number,
  seconds: number[],
): T[] {
  const longest = Math.max(...seconds, 0) * 1000;
  // The last one shows that it was looked at before.
  return all.filter(
    (one, index) => one.at > now - longest || index === all.length - 1,
  );
}

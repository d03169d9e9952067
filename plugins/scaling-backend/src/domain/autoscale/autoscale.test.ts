import type { ScalingBehavior } from '@slipway/backstage-plugin-scaling-common';
import { policy } from '../../__testUtils__/policy';
import { autoscale, type AutoscaleStep } from './autoscale';
import { type AutoscaleState, type LoadSample, unseen } from './state';

const second = 1000;
const limits = { min: 1, max: 1000 };
/** Follows load at once. */
const brisk: ScalingBehavior = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    policies: [{ type: 'Percent', value: 1000, periodSeconds: 15 }],
  },
  scaleDown: { stabilizationWindowSeconds: 0 },
};

function cpu(replicas: number, average: number): LoadSample {
  return { replicas, metrics: { cpu: { average } } };
}

function by(targetUtilization: number, behavior: ScalingBehavior = brisk) {
  return policy({ metrics: [{ type: 'cpu', targetUtilization }], behavior });
}

function once(
  sample: LoadSample,
  spec = by(100),
  within: { min: number; max: number } = limits,
): AutoscaleStep {
  // Not for the first time: then the present number would count as a wish.
  return autoscale(unseen, sample, spec, within, 0);
}

/** What becomes of a load that asks for `wished` replicas, looked at every so often. */
function course(
  behavior: ScalingBehavior,
  options: { from: number; wished: number[]; everySeconds: number },
): number[] {
  let state: AutoscaleState = unseen;
  let replicas = options.from;
  return options.wished.map((wished, index) => {
    const step = autoscale(
      state,
      // Tolerance must not hide what is measured here.
      cpu(replicas, (100 * wished) / replicas),
      by(100, {
        scaleUp: { ...behavior.scaleUp, tolerance: 0 },
        scaleDown: { ...behavior.scaleDown, tolerance: 0 },
      }),
      { min: 1, max: 100_000 },
      index * options.everySeconds * second,
    );
    ({ state } = step);
    replicas = step.desired;
    return replicas;
  });
}

const times = (count: number, value: number) =>
  Array.from({ length: count }, () => value);

describe("the examples of Kubernetes' documentation", () => {
  it.each([
    ['twice the wanted value doubles', 3, 200, 100, 6],
    ['half of it halves', 4, 50, 100, 2],
    ['90 % where 75 % is wanted makes 60 of 50', 50, 90, 75, 60],
    ['within a tenth nothing is done', 10, 77, 70, 10],
    ['nor below', 10, 63, 70, 10],
    ['what is more is rounded up', 3, 71, 60, 4],
  ])('%s', (_, replicas, average, target, desired) => {
    const spec = by(target);
    const first = autoscale(unseen, cpu(replicas, average), spec, limits, 0);
    // Where fewer are wanted the first look knows only that there were as many.
    const { desired: reached } = autoscale(
      first.state,
      cpu(replicas, average),
      spec,
      limits,
      15 * second,
    );
    expect(reached).toBe(desired);
  });

  it('a tolerance of 5 % down and none up follows smaller changes', () => {
    const spec = by(100, {
      scaleUp: { ...brisk.scaleUp, tolerance: 0 },
      scaleDown: { ...brisk.scaleDown, tolerance: 0.05 },
    });
    expect(once(cpu(100, 101), spec).desired).toBe(101);
    const { state } = once(cpu(100, 94), spec);
    expect(autoscale(state, cpu(100, 94), spec, limits, 1).desired).toBe(94);
    expect(autoscale(state, cpu(100, 96), spec, limits, 1).desired).toBe(100);
  });

  it('upwards by 900 % a minute goes 1, 10, 100, 1000', () => {
    expect(
      course(
        {
          scaleUp: {
            policies: [{ type: 'Percent', value: 900, periodSeconds: 60 }],
          },
        },
        { from: 1, wished: times(3, 1000), everySeconds: 61 },
      ),
    ).toEqual([10, 100, 1000]);
  });

  it('upwards by one pod in ten minutes goes 2, 3, 4', () => {
    const reached = course(
      {
        scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 600 }] },
      },
      { from: 1, wished: times(90, 9), everySeconds: 15 },
    );
    expect(reached.indexOf(3)).toBe(40);
    expect(reached.indexOf(4)).toBe(80);
    expect(reached.slice(0, 40)).toEqual(times(40, 2));
  });

  it('when left out, upwards the greater of 4 and 100 % in 15 s', () => {
    expect(
      course({}, { from: 1, wished: times(5, 100), everySeconds: 16 }),
    ).toEqual([5, 10, 20, 40, 80]);
  });

  it('downwards by 10 % or 4 a minute takes 8 of 80, and 4 as soon as that is more', () => {
    const scaleDown: ScalingBehavior['scaleDown'] = {
      stabilizationWindowSeconds: 0,
      policies: [
        { type: 'Pods', value: 4, periodSeconds: 60 },
        { type: 'Percent', value: 10, periodSeconds: 60 },
      ],
    };
    expect(
      course(
        { scaleDown },
        { from: 80, wished: times(8, 10), everySeconds: 61 },
      ),
    ).toEqual([72, 64, 57, 51, 45, 40, 36, 32]);
    expect(
      course(
        { scaleDown: { ...scaleDown, selectPolicy: 'Min' } },
        { from: 80, wished: times(4, 10), everySeconds: 61 },
      ),
    ).toEqual([76, 72, 68, 64]);
    expect(
      course(
        { scaleDown: { selectPolicy: 'Disabled' } },
        { from: 80, wished: times(99, 10), everySeconds: 60 },
      ),
    ).toEqual(times(99, 80));
  });

  it('downwards the highest wish of the last five minutes holds, when left out', () => {
    const wished = [10, ...times(30, 2)];
    expect(course({}, { from: 10, wished, everySeconds: 15 })).toEqual([
      ...times(20, 10),
      ...times(11, 2),
    ]);
  });

  it('upwards a window waits for the load to stay', () => {
    const scaleUp = {
      stabilizationWindowSeconds: 60,
      policies: [{ type: 'Pods' as const, value: 100, periodSeconds: 15 }],
    };
    expect(
      course(
        { scaleUp },
        { from: 2, wished: [8, 2, 8, 8, 6, 8, 8], everySeconds: 15 },
      ),
    ).toEqual([2, 2, 2, 2, 2, 6, 6]);
  });
});

describe('metrics that are not known', () => {
  const both = policy({
    metrics: [
      { type: 'cpu', targetUtilization: 50 },
      { type: 'queueLength', target: 10 },
    ],
    behavior: brisk,
  });
  const look = (metrics: LoadSample['metrics'], spec = both) => {
    const calm = { cpu: { average: 50 }, queueLength: { average: 10 } };
    const { state } = once({ replicas: 4, metrics: calm }, spec);
    return autoscale(state, { replicas: 4, metrics }, spec, limits, 1);
  };

  it('keep it from going down, not from going up', () => {
    expect(look({ cpu: { average: 10 } })).toMatchObject({
      desired: 4,
      reason: 'queueLength could not be measured: nothing is taken away',
    });
    expect(look({ cpu: { average: 100 } })).toMatchObject({
      desired: 8,
      reason: 'cpu is at 100 % where 50 % is wanted: 8 instead of 4',
    });
    expect(look({})).toMatchObject({
      desired: 4,
      reason: 'cpu, queueLength could not be measured: it stays as it is',
    });
  });

  it('leave the highest of those that are', () => {
    expect(
      look({ cpu: { average: 100 }, queueLength: { average: 30 } }),
    ).toMatchObject({
      desired: 12,
      reason: 'queueLength is at 30 where 10 is wanted: 12 instead of 4',
    });
  });

  it('of single replicas are taken for what changes least', () => {
    const alone = by(50);
    const starting = { cpu: { average: 100, unready: 2 } };
    // Two at 100 %, two idle: just right. Without the idle ones it would be twice too much.
    expect(look(starting, alone).desired).toBe(4);
    // One idle, three at 100 %: 300 / 50.
    expect(look({ cpu: { average: 100, unready: 1 } }, alone).desired).toBe(6);
    // One at 50 % as wanted, three at 10 %: 80 / 50.
    expect(look({ cpu: { average: 10, missing: 1 } }, alone).desired).toBe(2);
    // Those that start do not count where load is low: two at 10 %.
    expect(look({ cpu: { average: 10, unready: 2 } }, alone).desired).toBe(1);
  });
});

describe('limits', () => {
  it('hold at once, and say who set them', () => {
    expect(once(cpu(50, 100), by(100), { min: 1, max: 20 })).toMatchObject({
      desired: 20,
      reason: 'the policy allows at most 20',
    });
    expect(
      autoscale(
        unseen,
        cpu(1, 100),
        by(100),
        { min: 8, max: 20, schedule: 'sale' },
        0,
      ),
    ).toMatchObject({
      desired: 8,
      reason: "the schedule 'sale' wants at least 8",
    });
    expect(once(cpu(4, 400), by(100), { min: 1, max: 10 })).toMatchObject({
      desired: 10,
      reason:
        'cpu is at 400 % where 100 % is wanted: 16 instead of 4; the policy allows at most 10',
    });
  });

  it('alone lead to none and back', () => {
    const night = { min: 0, max: 0, schedule: 'night' };
    const asleep = autoscale(unseen, cpu(3, 100), by(100), night, 0);
    expect(asleep.desired).toBe(0);
    const still = autoscale(
      asleep.state,
      { replicas: 0, metrics: {} },
      by(100),
      night,
      1,
    );
    expect(still).toMatchObject({
      desired: 0,
      reason: "the schedule 'night' wants none",
    });
    expect(
      autoscale(
        still.state,
        { replicas: 0, metrics: {} },
        by(100),
        { min: 1, max: 3 },
        2,
      ).desired,
    ).toBe(1);
    // However little load there is.
    const { state } = once(cpu(1, 0));
    expect(
      autoscale(state, cpu(1, 0), by(100), { min: 0, max: 3 }, 1).desired,
    ).toBe(1);
  });
});

import type {
  PolicyMetric,
  ScalingRules,
} from '@slipway/backstage-plugin-scaling-common';
import fc from 'fast-check';
import { policy } from '../../__testUtils__/policy';
import { autoscale } from './autoscale';
import { rulesOf } from './rules';
import { type AutoscaleState, type LoadSample, unseen } from './state';

const rules: fc.Arbitrary<ScalingRules> = fc.record(
  {
    stabilizationWindowSeconds: fc.constantFrom(0, 20, 60, 300),
    selectPolicy: fc.constantFrom('Max', 'Min', 'Disabled'),
    tolerance: fc.constantFrom(0, 0.05, 0.1, 0.5),
    policies: fc.array(
      fc.record({
        type: fc.constantFrom('Pods', 'Percent'),
        value: fc.integer({ min: 1, max: 150 }),
        periodSeconds: fc.constantFrom(10, 15, 60, 600),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);
const behavior = fc.record(
  { scaleUp: rules, scaleDown: rules },
  { requiredKeys: [] },
);
const limits = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.nat(60))
  .map(([min, more]) => ({ min, max: min + more }));
const metrics: PolicyMetric[] = [
  { type: 'cpu', targetUtilization: 50 },
  { type: 'queueLength', target: 10 },
];
const reading = fc.option(
  fc.record({
    average: fc.oneof(
      fc.constantFrom(0, 50, 55, 10, 11),
      fc.double({ min: 0, max: 500, noNaN: true }),
    ),
    unready: fc.nat(3),
    missing: fc.nat(3),
  }),
  { nil: undefined, freq: 8 },
);
const look = fc.record({ cpu: reading, queueLength: reading });
const looks = fc.array(
  fc.record({ metrics: look, afterSeconds: fc.integer({ min: 1, max: 90 }) }),
  { minLength: 1, maxLength: 40 },
);

/** Goes through all looks; each step is told together with what there was before. */
function walk(
  input: {
    behavior: Parameters<typeof policy>[0] extends infer S
      ? S extends { behavior?: infer B }
        ? B
        : never
      : never;
    limits: { min: number; max: number };
    from: number;
    looks: Array<{ metrics: LoadSample['metrics']; afterSeconds: number }>;
  },
  told: (step: {
    at: number;
    before: AutoscaleState;
    desired: number;
    replicas: number;
    sample: LoadSample;
  }) => void,
) {
  const spec = policy({ metrics, behavior: input.behavior });
  let state = unseen;
  let replicas = input.from;
  let at = 0;
  for (const { afterSeconds, metrics: measured } of input.looks) {
    at += afterSeconds * 1000;
    const sample = { replicas, metrics: measured };
    const step = autoscale(state, sample, spec, input.limits, at);
    told({ at, before: state, desired: step.desired, replicas, sample });
    ({ state } = step);
    replicas = step.desired;
  }
}

const walks = fc.record({
  behavior,
  limits,
  from: fc.integer({ min: 1, max: 90 }),
  looks,
});

describe('a policy, whatever the load', () => {
  it('never leaves its limits', () => {
    fc.assert(
      fc.property(walks, input =>
        walk(input, ({ desired }) => {
          expect(Number.isInteger(desired)).toBe(true);
          expect(desired).toBeGreaterThanOrEqual(input.limits.min);
          expect(desired).toBeLessThanOrEqual(input.limits.max);
        }),
      ),
    );
  });

  it('never goes faster than its behaviour allows', () => {
    fc.assert(
      fc.property(walks, input => {
        const { up, down } = rulesOf(input.behavior);
        const history: Array<{ at: number; replicas: number }> = [
          { at: -Infinity, replicas: input.from },
        ];
        walk(input, ({ at, desired, replicas }) => {
          const reach = (one: typeof up, direction: 1 | -1) =>
            one.policies.map(({ periodSeconds, type, value }) => {
              const then = history.findLast(
                entry => entry.at <= at - periodSeconds * 1000,
              )!.replicas;
              const change = type === 'Pods' ? value : (then * value) / 100;
              return direction * Math.ceil(direction * then + change);
            });
          const furthest = (one: typeof up, direction: 1 | -1) => {
            if (one.selectPolicy === 'Disabled') return replicas;
            const isFar = one.selectPolicy === 'Max';
            return isFar === (direction === 1)
              ? Math.max(...reach(one, direction))
              : Math.min(...reach(one, direction));
          };
          const { min, max } = input.limits;
          const isWithin = replicas >= min && replicas <= max;
          const most = Math.max(replicas, furthest(up, 1));
          const fewest = Math.min(replicas, furthest(down, -1));
          // What brings a workload back within its limits does not wait.
          const [least, top] = isWithin ? [fewest, most] : [min, max];
          expect(desired).toBeGreaterThanOrEqual(least);
          expect(desired).toBeLessThanOrEqual(top);
          if (desired !== replicas) history.push({ at, replicas: desired });
        });
      }),
      { numRuns: 300 },
    );
  });

  it('asks for no fewer replicas where there is more load', () => {
    fc.assert(
      fc.property(
        walks,
        fc.constantFrom('cpu' as const, 'queueLength' as const),
        fc.double({ min: 0, max: 300, noNaN: true }),
        (input, name, more) => {
          const spec = policy({ metrics, behavior: input.behavior });
          walk(input, ({ at, before, desired, sample }) => {
            const measured = sample.metrics[name];
            if (!measured) return;
            const heavier = {
              ...sample,
              metrics: {
                ...sample.metrics,
                [name]: { ...measured, average: measured.average + more },
              },
            };
            expect(
              autoscale(before, heavier, spec, input.limits, at).desired,
            ).toBeGreaterThanOrEqual(desired);
          });
        },
      ),
    );
  });

  it('takes nothing away while a metric is not known', () => {
    fc.assert(
      fc.property(walks, input =>
        walk(
          {
            ...input,
            looks: input.looks.map(one => ({
              ...one,
              metrics: { ...one.metrics, cpu: undefined },
            })),
          },
          ({ desired, replicas }) =>
            expect(desired).toBeGreaterThanOrEqual(
              Math.min(replicas, input.limits.max),
            ),
        ),
      ),
    );
  });

  it('comes to rest under a load that stays, with enough replicas', () => {
    fc.assert(
      fc.property(
        fc.record({ limits, from: fc.integer({ min: 1, max: 90 }) }),
        fc.double({ min: 0, max: 5000, noNaN: true }),
        ({ from, limits: within }, demand) => {
          const spec = policy({ metrics: [metrics[0]] });
          let state = unseen;
          let replicas = from;
          const course: number[] = [];
          for (let step = 0; step < 80; step++) {
            const sample = {
              replicas,
              metrics: { cpu: { average: demand / replicas } },
            };
            const next = autoscale(state, sample, spec, within, step * 15_000);
            ({ state } = next);
            replicas = next.desired;
            course.push(replicas);
          }
          expect(new Set(course.slice(60)).size).toBe(1);
          const load = demand / replicas / 50;
          expect(load <= 1.1 + 1e-9 || replicas === within.max).toBe(true);
          // Not more than enough: one less would be too much, or there is the least.
          expect(
            load > 0.9 * (1 - 1 / replicas) - 1e-9 || replicas === within.min,
          ).toBe(true);
        },
      ),
    );
  });
});

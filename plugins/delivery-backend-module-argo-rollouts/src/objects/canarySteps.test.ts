import fc from 'fast-check';
import { renderCourse } from './canarySteps';

const course = (
  goals: Array<[replicas: number, weight: number]>,
  current = 0,
) => ({
  strategy: 'canary' as const,
  goals: goals.map(([replicas, weight]) => ({ replicas, weight })),
  current,
});

describe("A course as a Rollout's steps", () => {
  it('holds after each weight, and before the release counts as the stable one', () => {
    const goals: Array<[number, number]> = [
      [1, 10],
      [5, 50],
      [10, 100],
    ];
    expect(renderCourse(course(goals, 1), { isRouted: false })).toEqual({
      steps: [
        { setWeight: 10 },
        { pause: {} },
        { setWeight: 50 },
        { pause: {} },
        { setWeight: 100 },
        { pause: {} },
      ],
      at: { begin: 2, pause: 3 },
    });
  });

  it('says how many copies there are where that does not follow from the weight', () => {
    const goals: Array<[number, number]> = [
      [3, 0],
      [3, 10],
      [10, 100],
    ];
    expect(renderCourse(course(goals), { isRouted: true })).toEqual({
      steps: [
        { setCanaryScale: { replicas: 3 } },
        { setWeight: 0 },
        { pause: {} },
        { setCanaryScale: { replicas: 3 } },
        { setWeight: 10 },
        { pause: {} },
        { setCanaryScale: { matchTrafficWeight: true } },
        { setWeight: 100 },
        { pause: {} },
      ],
      at: { begin: 0, pause: 2 },
    });
  });

  it('does not begin at a goal without weight where copies are what shares traffic out', () => {
    const goals: Array<[number, number]> = [
      [4, 0],
      [4, 100],
    ];
    expect(renderCourse(course(goals), { isRouted: false })).toEqual({
      steps: [{ setWeight: 100 }, { pause: {} }],
    });
    expect(renderCourse(course(goals, 1), { isRouted: false }).at).toEqual({
      begin: 0,
      pause: 1,
    });
  });

  it('does not repeat a weight that only copies were changed at', () => {
    const goals: Array<[number, number]> = [
      [2, 20],
      [4, 20],
      [4, 100],
    ];
    expect(renderCourse(course(goals, 1), { isRouted: false })).toEqual({
      steps: [
        { setWeight: 20 },
        { pause: {} },
        { setWeight: 100 },
        { pause: {} },
      ],
      at: { begin: 0, pause: 1 },
    });
  });

  it('stands at a pause of the weight that is wished, whatever the course', () => {
    const goal = fc.record({
      replicas: fc.nat(20),
      weight: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(
        fc.array(goal, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.boolean(),
        (goals, any, isRouted) => {
          const current = any % goals.length;
          const { weight } = goals[current];
          const { at, steps } = renderCourse(
            { strategy: 'canary', goals, current },
            { isRouted },
          );
          // Only where nothing shares traffic out is there nothing to stand at: before the first weight.
          expect(at !== undefined || (!isRouted && weight === 0)).toBe(true);
          if (!at) return;
          const part = steps.slice(at.begin, at.pause + 1);
          expect(part.filter(({ pause }) => pause)).toHaveLength(1);
          expect(part.at(-1)).toEqual({ pause: {} });
          expect(
            part.find(({ setWeight }) => setWeight !== undefined)?.setWeight,
          ).toBe(weight);
        },
      ),
    );
  });
});

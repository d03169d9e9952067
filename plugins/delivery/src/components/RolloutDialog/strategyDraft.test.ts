import { initialSteps, stepProblems, strategyOf } from './strategyDraft';

describe('the canary editor', () => {
  const tierDefault = {
    canary: {
      steps: [
        { setWeight: 10 },
        { pause: { duration: 30 } },
        { setCanaryScale: { replicas: 2 } },
        { setWeight: 100 },
      ],
    },
  };

  it('begins with the default of the tier, and sends it back as it was', () => {
    const steps = initialSteps(tierDefault);
    expect(stepProblems(steps).size).toBe(0);
    expect(strategyOf('canary', steps)).toEqual({
      canary: {
        steps: [
          { setWeight: 10 },
          { pause: { duration: '30s' } },
          { setCanaryScale: { replicas: 2 } },
          { setWeight: 100 },
        ],
      },
    });
  });

  it('leaves the default to the backend', () => {
    expect(strategyOf('default', initialSteps(undefined))).toBeUndefined();
  });

  it('wants weights that rise, whole numbers up to 100, and durations with a unit', () => {
    const problems = stepProblems([
      { id: 'a', kind: 'setWeight', weight: '50' },
      { id: 'b', kind: 'setWeight', weight: '20' },
      { id: 'c', kind: 'setWeight', weight: '101' },
      { id: 'd', kind: 'setWeight', weight: '' },
      { id: 'e', kind: 'pause', duration: '5 minutes' },
      { id: 'f', kind: 'pause', duration: '' },
    ]);
    expect(Object.fromEntries(problems)).toEqual({
      b: 'weightOrder',
      c: 'weight',
      d: 'weight',
      e: 'duration',
    });
  });
});

import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import { RolloutRehearsal } from '../../__testUtils__/RolloutRehearsal';
import { rolloutRequest } from '../../__testUtils__/rolloutRequests';

function started(strategy: Strategy, overrides = {}): RolloutRehearsal {
  const rollout = new RolloutRehearsal();
  rollout.command({
    type: 'start',
    request: rolloutRequest(strategy, { replicas: 10, ...overrides }),
  });
  rollout.succeed('delivery.prepare');
  return rollout;
}

describe('The course that a runtime is told with every wish', () => {
  const canary: Strategy = {
    canary: {
      steps: [
        { setCanaryScale: { replicas: 2 } },
        { setWeight: 10 },
        { setCanaryScale: { matchTrafficWeight: true } },
        { setWeight: 40 },
        { pause: {} },
      ],
    },
  };

  it('names all weights and copies of a canary from the first wish on, and where it stands', () => {
    const rollout = started(canary);
    const goals = [
      { replicas: 2, weight: 0 },
      { replicas: 2, weight: 10 },
      { replicas: 1, weight: 10 },
      { replicas: 4, weight: 40 },
      { replicas: 10, weight: 100 },
    ];
    for (let wish = 0; wish < 4; wish++) rollout.converge();
    expect(rollout.desired.map(({ course }) => course)).toEqual(
      [0, 1, 2, 3].map(current => ({ strategy: 'canary', goals, current })),
    );
    rollout.command({ type: 'promote' });
    rollout.converge();
    rollout.converge();
    expect(
      rollout.desired
        .slice(-2)
        .map(({ course, versions }) => [course?.current, versions.length]),
    ).toEqual([
      [4, 2],
      [4, 1],
    ]);
  });

  it('has the new release beside the old one first when it is blue-green', () => {
    const rollout = started({ blueGreen: { autoPromotionEnabled: false } });
    expect(rollout.desired.at(-1)?.course).toEqual({
      strategy: 'blueGreen',
      goals: [
        { replicas: 10, weight: 0 },
        { replicas: 10, weight: 100 },
      ],
      current: 0,
    });
  });

  it('is not told where one release is replaced, and not when a rollout is taken back', () => {
    expect(started({ rolling: {} }).desired.at(-1)?.course).toBeUndefined();
    expect(
      started(canary, { previous: undefined }).desired.at(-1)?.course,
    ).toBeUndefined();
    const undone = started(canary);
    undone.command({ type: 'abort' });
    expect(undone.desired.at(-1)?.course).toBeUndefined();
  });
});

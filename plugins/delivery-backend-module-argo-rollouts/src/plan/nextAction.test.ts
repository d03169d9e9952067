import type { DesiredState } from '@slipway/backstage-plugin-delivery-node';
import {
  identityOf,
  releaseKey,
} from '@slipway/backstage-plugin-kubernetes-node';
import { alone, demoWeb, targetIn, wishes } from '../__testUtils__/target';
import { podHashLabel, type Rollout } from '../objects/rollout';
import { serviceObject } from '../objects/serviceObject';
import { type Action, nextAction } from './nextAction';
import type { Snapshot } from './Snapshot';

const identity = identityOf(targetIn('shop'));
const one = demoWeb(1);
const two = demoWeb(2);
const goals: Array<[number, number]> = [
  [1, 10],
  [5, 50],
  [10, 100],
];
const service = serviceObject({ identity, name: 'shop', namespace: 'shop' });

const setOf = (release: string, hash: string) => ({
  metadata: { name: `shop-${hash}`, labels: { [podHashLabel]: hash } },
  spec: {
    selector: {},
    template: {
      metadata: { labels: { 'slipway.dev/release': releaseKey(release) } },
    },
  },
});

function next(desired: DesiredState, rollout?: Rollout): Action | undefined {
  const snapshot: Snapshot = {
    rollout,
    isFollowed: false,
    replicaSets: [setOf(one.releaseId, 'aaa'), setOf(two.releaseId, 'bbb')],
    pods: [],
    deployments: [],
    service,
  };
  return nextAction({
    identity,
    namespace: 'shop',
    snapshot,
    desired,
    progressDeadlineSeconds: 60,
  });
}

/** The Rollout as it is when this wish has been written and taken up, on the way from release one to two. */
function after(
  desired: DesiredState,
  status: Rollout['status'],
  spec: Rollout['spec'] = {},
): Rollout {
  const action = next(desired);
  if (action?.kind !== 'applyRollout') throw new Error('Nothing is written');
  const { metadata, spec: written } = action.rollout;
  return {
    ...action.rollout,
    metadata: { ...metadata, generation: 1 },
    spec: { ...written, replicas: 10, ...spec },
    status: {
      observedGeneration: '1',
      currentPodHash: 'bbb',
      stableRS: 'aaa',
      ...status,
    },
  };
}

const paused = (index: number, reason = 'CanaryPauseStep') => ({
  controllerPause: true,
  currentStepIndex: index,
  pauseConditions: [{ reason }],
});

describe('The next write to a Rollout', () => {
  const [tenth, half, all, last] = wishes('canary', [two, one], goals);
  // The record of another wish has to be written first; then the Rollout is let go on.
  const onward = (wish: DesiredState, status: Rollout['status']) =>
    next(wish, after(wish, status));

  it('holds a canary where it shall hold', () => {
    expect(onward(tenth, paused(1))).toBeUndefined();
    expect(onward(half, { currentStepIndex: 2 })).toBeUndefined();
  });

  it('lets a canary go on as the command line of Argo does', () => {
    expect(onward(half, paused(1))).toEqual({
      kind: 'patchStatus',
      status: { pauseConditions: null },
    });
    // Let go on already, and not taken up yet.
    expect(
      onward(half, { controllerPause: true, currentStepIndex: 1 }),
    ).toBeUndefined();
  });

  it('goes past weights at once, and back to where it shall be held', () => {
    expect(onward(all, paused(1))).toEqual({
      kind: 'patchStatus',
      status: { pauseConditions: null, currentStepIndex: 4 },
    });
    expect(onward(tenth, paused(3))).toEqual({
      kind: 'patchStatus',
      status: { pauseConditions: null, currentStepIndex: 0 },
    });
  });

  it('promotes fully when the old release may go', () => {
    expect(onward(last, paused(5))).toEqual({
      kind: 'patchStatus',
      status: { promoteFull: true },
    });
  });

  it("waits for whoever has paused or aborted it, and for Argo's own analyses", () => {
    expect(onward(half, { abort: true, currentStepIndex: 0 })).toBeUndefined();
    expect(onward(half, paused(1, 'InconclusiveAnalysisRun'))).toBeUndefined();
    expect(
      next(half, after(half, paused(1), { paused: true })),
    ).toBeUndefined();
  });

  it('does not take for a canary what somebody else has promoted', () => {
    expect(() =>
      onward(half, { stableRS: 'bbb', currentStepIndex: 6 }),
    ).toThrow(/Somebody else has promoted Rollout shop fully/);
  });

  it('aborts first when it goes back, then writes the release before', () => {
    const rollout = after(half, paused(3));
    const undo = alone(one, 10);
    expect(next(undo, rollout)).toEqual({
      kind: 'patchStatus',
      status: { abort: true },
    });
    expect(
      next(undo, {
        ...rollout,
        status: { ...rollout.status, abort: true },
      }),
    ).toMatchObject({ kind: 'applyRollout' });
  });

  it('tries again what an earlier rollout has left aborted', () => {
    const rollout = after(half, { abort: true });
    const left = JSON.stringify({ generation: 1, versions: [], main: 'other' });
    rollout.metadata!.annotations!['slipway.dev/desired'] = left;
    expect(next(half, rollout)).toEqual({
      kind: 'patchStatus',
      status: { abort: false },
    });
  });

  it('puts another strategy in place before another release', () => {
    const rest = alone(one, 10);
    const rollout = after(rest, { currentPodHash: 'aaa' });
    const [beside] = wishes(
      'blueGreen',
      [two, one],
      [
        [10, 0],
        [10, 100],
      ],
    );
    expect(next(beside, rollout)).toEqual({
      kind: 'applyService',
      name: 'shop-preview',
    });
  });
});

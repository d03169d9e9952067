import type {
  Metric,
  Scoring,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import {
  observationOf,
  RolloutRehearsal,
} from '../../__testUtils__/RolloutRehearsal';
import { rolloutRequest } from '../../__testUtils__/rolloutRequests';
import { rolloutView } from './view';

const analysis = {
  metrics: [
    {
      name: 'errors',
      provider: { test: {} },
      successCondition: 'result <= 0.05',
      interval: '5s',
      count: 2,
      failureLimit: 0,
    },
  ],
};

const canary: Strategy = {
  canary: {
    steps: [
      { setWeight: 25 },
      { pause: { duration: '30s' } },
      { analysis },
      { setWeight: 50 },
      { pause: {} },
    ],
  },
};

function started(strategy: Strategy, overrides = {}): RolloutRehearsal {
  const rollout = new RolloutRehearsal();
  rollout.command({
    type: 'start',
    request: rolloutRequest(strategy, overrides),
  });
  return rollout;
}

function atFirstWeight(): RolloutRehearsal {
  const rollout = started(canary);
  rollout.succeed('delivery.prepare');
  rollout.converge();
  return rollout;
}

function inAnalysis(): RolloutRehearsal {
  const rollout = atFirstWeight();
  rollout.fire('pause');
  return rollout;
}

function view(rollout: RolloutRehearsal) {
  if (!rollout.state) throw new Error('not started');
  return rolloutView('id', 1, rollout.state);
}

describe('a canary rollout', () => {
  it('shifts traffic step by step, verifies, and ends with the new release alone', () => {
    const rollout = inAnalysis();
    rollout.measure({ result: 0.01, value: 0.01 });
    rollout.measure({ result: 0, value: 0 });
    rollout.converge();
    expect(view(rollout)).toMatchObject({
      phase: 'paused',
      waitReason: 'pauseStep',
      weight: 50,
    });
    rollout.command({ type: 'promote' });
    rollout.converge();
    rollout.converge();

    expect(rollout.status).toMatchObject({ kind: 'succeeded' });
    expect(
      rollout.desired.map(({ versions }) =>
        versions.map(({ release, replicas, weight }) => [
          release.version,
          replicas,
          weight,
        ]),
      ),
    ).toEqual([
      [
        ['2.0.0', 1, 25],
        ['1.0.0', 4, 75],
      ],
      [
        ['2.0.0', 2, 50],
        ['1.0.0', 4, 50],
      ],
      [
        ['2.0.0', 4, 100],
        ['1.0.0', 4, 0],
      ],
      [['2.0.0', 4, 100]],
    ]);
    expect(view(rollout).weightHistory.map(({ weight }) => weight)).toEqual([
      25, 50, 100,
    ]);
  });

  it('takes everything back when the verification fails, and says why', () => {
    const rollout = inAnalysis();
    rollout.measure({
      result: 0.4,
      value: 0.4,
      message: '40 of 100 requests failed',
    });
    expect(view(rollout)).toMatchObject({ phase: 'rollingBack' });
    rollout.converge();

    expect(rollout.status).toMatchObject({ kind: 'failed' });
    expect(view(rollout)).toMatchObject({
      phase: 'rolledBack',
      message: expect.stringContaining('40 of 100 requests failed'),
    });
    expect(rollout.desired.at(-1)?.versions).toMatchObject([
      { release: { version: '1.0.0' }, replicas: 4, weight: 100 },
    ]);
  });

  it('waits for a person when the verification cannot tell', () => {
    const rollout = inAnalysis();
    rollout.measure({ result: null, message: 'no requests' });
    expect(view(rollout)).toMatchObject({
      phase: 'paused',
      waitReason: 'inconclusive',
    });
    rollout.command({ type: 'promote' });
    expect(view(rollout)).toMatchObject({ phase: 'progressing', weight: 50 });
  });

  it('never rolls back by itself because measurements cannot be taken', () => {
    const rollout = inAnalysis();
    for (let i = 0; i < 5; i++) rollout.measure({ error: 'metrics are down' });
    expect(view(rollout)).toMatchObject({
      phase: 'paused',
      waitReason: 'attention',
    });
    rollout.command({ type: 'retry' });
    rollout.measure({ result: 0 });
    rollout.measure({ result: 0 });
    expect(view(rollout)).toMatchObject({ phase: 'progressing', weight: 50 });
  });

  it('notices during a pause that the new release has fallen ill', () => {
    const rollout = atFirstWeight();
    const [last] = rollout.desired.slice(-1);
    rollout.succeed(
      'delivery.watch',
      observationOf(last, { health: 'degraded' }),
    );
    expect(view(rollout)).toMatchObject({ phase: 'rollingBack' });
    expect(rollout.timers.has('pause')).toBe(false);
  });

  it('takes back what makes no progress within its deadline', () => {
    const rollout = started(canary);
    rollout.succeed('delivery.prepare');
    rollout.fire('deadline');
    expect(view(rollout)).toMatchObject({
      phase: 'rollingBack',
      message: 'No progress within 1 min',
    });
  });

  it('asks a person when the target cannot be reached, and goes on after a retry', () => {
    const rollout = started(canary);
    rollout.succeed('delivery.prepare');
    rollout.fail('delivery.converge', 'exhausted');
    expect(view(rollout)).toMatchObject({ waitReason: 'attention' });
    rollout.command({ type: 'retry' });
    rollout.converge();
    expect(view(rollout).weight).toBe(25);
  });

  it('ends at once, with nothing to take back, when the artifact cannot be had', () => {
    const rollout = started(canary);
    rollout.fail('delivery.prepare', 'not-retryable', 'no such package');
    expect(view(rollout)).toMatchObject({
      phase: 'rolledBack',
      message: 'no such package',
    });
    expect(rollout.desired).toEqual([]);
  });

  it('can be paused and resumed by a person, and is still watched meanwhile', () => {
    const rollout = atFirstWeight();
    rollout.command({ type: 'pause' });
    expect(view(rollout)).toMatchObject({ waitReason: 'pausedByPerson' });
    expect(rollout.timers.size).toBe(0);
    expect(rollout.pending('delivery.watch')).toBeDefined();
    rollout.command({ type: 'resume' });
    rollout.fire('pause');
    expect(rollout.pending('delivery.measure')).toBeDefined();
  });

  it('goes back when a person aborts', () => {
    const rollout = atFirstWeight();
    rollout.command({ type: 'abort', reason: 'customers complain' });
    rollout.converge();
    expect(view(rollout)).toMatchObject({ phase: 'aborted', weight: 0 });
    expect(rollout.status).toMatchObject({ kind: 'cancelled' });
  });

  it('skips the remaining steps when a person promotes fully', () => {
    const rollout = atFirstWeight();
    rollout.command({ type: 'promoteFull' });
    rollout.converge();
    rollout.converge();
    expect(view(rollout)).toMatchObject({ phase: 'succeeded' });
    expect(view(rollout).steps.map(({ status }) => status)).toEqual([
      'succeeded',
      'succeeded',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
      'succeeded',
      'succeeded',
    ]);
  });

  it('refuses actions that make no sense now, with the reason', () => {
    const rollout = started(canary);
    expect(() => rollout.command({ type: 'resume' })).toThrow(
      'Nobody paused the rollout',
    );
    expect(() => rollout.command({ type: 'promote' })).toThrow(
      'The current step is under way',
    );
    expect(() => rollout.command({ type: 'retry' })).toThrow(
      'Nothing has failed',
    );
  });

  it('goes straight there when nothing runs yet', () => {
    const rollout = started(canary, { previous: undefined });
    rollout.succeed('delivery.prepare');
    rollout.converge();
    expect(view(rollout)).toMatchObject({ phase: 'succeeded' });
    expect(rollout.desired).toHaveLength(1);
  });
});

describe('a blue-green rollout', () => {
  it('starts the new release without traffic, waits for promotion, and switches at once', () => {
    const rollout = started({
      blueGreen: { autoPromotionEnabled: false, scaleDownDelaySeconds: 10 },
    });
    rollout.succeed('delivery.prepare');
    rollout.converge();
    expect(view(rollout)).toMatchObject({ waitReason: 'promotion', weight: 0 });
    rollout.command({ type: 'promote' });
    rollout.converge();
    rollout.fire('pause');
    rollout.converge();
    expect(view(rollout)).toMatchObject({ phase: 'succeeded' });
    expect(
      rollout.desired.map(({ versions }) =>
        versions.map(({ replicas, weight }) => [replicas, weight]),
      ),
    ).toEqual([
      [
        [4, 0],
        [4, 100],
      ],
      [
        [4, 100],
        [4, 0],
      ],
      [[4, 100]],
    ]);
  });

  it('switches back when the verification after the switch fails', () => {
    const rollout = started({
      blueGreen: { postPromotionAnalysis: analysis },
    });
    rollout.succeed('delivery.prepare');
    rollout.converge();
    rollout.converge();
    rollout.measure({ result: 0.9 });
    rollout.converge();
    expect(view(rollout)).toMatchObject({ phase: 'rolledBack' });
  });
});

describe('a rolling rollout', () => {
  it('leaves the batches to the runtime', () => {
    const rollout = started({ rolling: { maxSurge: 2, maxUnavailable: 1 } });
    rollout.succeed('delivery.prepare');
    expect(rollout.desired).toMatchObject([
      { generation: 1, rolling: { maxSurge: 2, maxUnavailable: 1 } },
    ]);
    rollout.converge();
    expect(view(rollout)).toMatchObject({ phase: 'succeeded' });
  });
});

describe('a verification by comparison', () => {
  const points = (middle: number, count = 60) =>
    Array.from({ length: count }, (_, index) => middle + ((index * 7) % 10));
  const alike = { canary: points(100), stable: points(100), unit: 'ms' };
  const slower = { canary: points(140), stable: points(100), unit: 'ms' };
  const latency: Metric = {
    name: 'latency',
    provider: { test: {} },
    interval: '10s',
    count: 3,
    comparison: { direction: 'increase' },
  };

  function comparing(
    metrics: Metric[] = [latency],
    scoring?: Scoring,
  ): RolloutRehearsal {
    const rollout = started({
      canary: {
        steps: [
          { setWeight: 25 },
          { analysis: { metrics, ...(scoring && { scoring }) } },
          { setWeight: 50 },
        ],
      },
    });
    rollout.succeed('delivery.prepare');
    rollout.converge();
    return rollout;
  }

  function analysisOf(rollout: RolloutRehearsal) {
    return view(rollout).steps[2].analysis!;
  }

  it('goes on when the releases are alike', () => {
    const rollout = comparing();
    rollout.compare(alike);
    expect(view(rollout)).toMatchObject({ phase: 'progressing', weight: 50 });
    expect(analysisOf(rollout)).toMatchObject({
      verdict: 'successful',
      score: { value: 100 },
      metrics: [{ comparison: { confidence: 0.98, minimumPoints: 50 } }],
    });
  });

  it('takes everything back when the new release is worse, with the reason and its numbers', () => {
    const rollout = comparing();
    rollout.compare(slower);
    expect(view(rollout)).toMatchObject({
      phase: 'rollingBack',
      message: expect.stringMatching(
        /^Verification failed\. latency: 40 ms higher than in the release before .*\. The score is 0 of 100/,
      ),
    });
  });

  it('keeps what the comparison came to, and not its points', () => {
    const rollout = comparing();
    rollout.compare(slower);
    const event = rollout.events.find(({ type }) => type === 'metric.measured');
    expect(event).toMatchObject({
      measurement: {
        verdict: 'failed',
        comparison: {
          classification: 'high',
          points: { canary: 60, stable: 60 },
          shift: { estimate: 40, bound: 10 },
        },
      },
    });
    expect(JSON.stringify(event).length).toBeLessThan(1500);
  });

  it('measures again while there are too few points, and asks a person when they never come', () => {
    const rollout = comparing();
    const few = { canary: points(140, 12), stable: points(100) };
    rollout.compare(few);
    expect(rollout.pending('delivery.measure').notBefore).toBe(
      rollout.now + 10_000,
    );
    expect(analysisOf(rollout)).toMatchObject({ verdict: 'running' });
    rollout.compare(few);
    rollout.compare(few);
    expect(view(rollout)).toMatchObject({
      phase: 'paused',
      waitReason: 'inconclusive',
      message: expect.stringMatching(
        /no verdict after 3 measurements: 12 of 50 points of the new release/,
      ),
    });
    rollout.command({ type: 'retry' });
    rollout.compare(alike);
    expect(view(rollout)).toMatchObject({ phase: 'progressing' });
  });

  it('waits for a person when there is nothing to compare with', () => {
    const rollout = comparing();
    rollout.compare({ canary: points(100) });
    expect(view(rollout)).toMatchObject({
      waitReason: 'inconclusive',
      message: expect.stringContaining('no release before this one'),
    });
  });

  it('waits for a person at a marginal score, who can have it measured again', () => {
    const rollout = comparing([latency, { ...latency, name: 'errors' }], {
      marginal: 50,
    });
    rollout.compare(slower);
    expect(view(rollout)).toMatchObject({ phase: 'progressing' });
    rollout.compare(alike);
    expect(view(rollout)).toMatchObject({
      waitReason: 'inconclusive',
      message: expect.stringMatching(/latency: 40 ms.*The score is 50 of 100/),
    });
    rollout.command({ type: 'retry' });
    rollout.compare(alike);
    expect(view(rollout)).toMatchObject({ phase: 'progressing', weight: 50 });
  });

  it('does not wait for the others once a critical one has failed', () => {
    const rollout = comparing([
      { ...latency, comparison: { critical: true } },
      { ...latency, name: 'errors' },
      { ...latency, name: 'cost' },
    ]);
    rollout.compare(slower);
    expect(view(rollout)).toMatchObject({
      phase: 'rollingBack',
      message: expect.stringContaining('because latency is critical'),
    });
  });
});

describe('a release that wants something done in the end', () => {
  const kinds = (rollout: RolloutRehearsal) =>
    rollout.state?.plan.map(({ kind }) => kind);

  it('gets it done when it has all traffic, before that is verified and while the one before can still come back', () => {
    expect(
      kinds(started(canary, { concludes: true, verification: analysis })),
    ).toEqual([
      ...['prepare', 'setWeight', 'pause', 'analysis', 'setWeight', 'pause'],
      ...['promote', 'conclude', 'analysis', 'retire'],
    ]);
    expect(
      kinds(started({ rolling: {} }, { concludes: true, previous: undefined })),
    ).toEqual(['prepare', 'promote', 'conclude']);
    expect(
      kinds(started({ rolling: {} }, { concludes: true, kind: 'rollback' })),
    ).not.toContain('conclude');
  });

  const concluding = () => {
    const rollout = started({ rolling: {} }, { concludes: true });
    rollout.succeed('delivery.prepare');
    rollout.converge();
    return rollout;
  };

  it('has as long for it as that takes, and is watched meanwhile', () => {
    const rollout = concluding();
    expect(rollout.timers.size).toBe(0);
    expect(rollout.pending('delivery.watch')).toBeDefined();
    rollout.succeed('delivery.conclude');
    expect(view(rollout)).toMatchObject({ phase: 'succeeded' });
  });

  it('ends that when a person takes it back meanwhile, and only then', () => {
    const rollout = concluding();
    expect(rollout.desired.some(wish => wish.concluding)).toBe(false);
    rollout.command({ type: 'abort' });
    expect(rollout.desired.at(-1)).toMatchObject({
      versions: [{ release: { version: '1.0.0' } }],
      concluding: { version: '2.0.0' },
    });

    const before = started({ rolling: {} }, { concludes: true });
    before.succeed('delivery.prepare');
    before.command({ type: 'abort' });
    expect(before.desired.some(wish => wish.concluding)).toBe(false);
  });

  it('is taken back when that fails', () => {
    const rollout = concluding();
    rollout.fail('delivery.conclude', 'not-retryable', '2 of 9 checks failed');
    expect(view(rollout)).toMatchObject({
      phase: 'rollingBack',
      message: '2 of 9 checks failed',
    });
    rollout.converge();
    expect(view(rollout)).toMatchObject({ phase: 'rolledBack' });
    expect(
      rollout.desired.at(-1)?.versions.map(({ release }) => release.version),
    ).toEqual(['1.0.0']);
  });
});

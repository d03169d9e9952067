import type { DesiredState } from '@slipway/backstage-plugin-delivery-node';
import fc from 'fast-check';
import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import {
  observationOf,
  RolloutRehearsal,
} from '../../__testUtils__/RolloutRehearsal';
import { rolloutRequest } from '../../__testUtils__/rolloutRequests';
import { analysisVerdict } from '../analysis/metricProgress';
import type { WindowFacts } from '../gates/facts';
import { waitName } from './pending';
import { hasEnded, type RolloutState } from './state';

const metric = {
  name: 'errors',
  provider: { test: {} },
  successCondition: 'result <= 0.05',
  count: 2,
  failureLimit: 1,
  inconclusiveLimit: 1,
  consecutiveErrorLimit: 1,
};

// One of them is critical; with three in one group every kind of score can come about.
const compared = ['latency', 'failures', 'cost'].map((name, index) => ({
  name,
  provider: { test: {} },
  count: 2,
  consecutiveErrorLimit: 1,
  comparison: { minimumPoints: 10, critical: index === 2 },
}));

const strategies: Strategy[] = [
  {
    canary: {
      steps: [
        { setWeight: 30 },
        {
          analysis: {
            metrics: [metric, ...compared],
            scoring: { pass: 90, marginal: 60 },
          },
        },
        { setWeight: 70 },
        { analysis: { metrics: compared } },
      ],
    },
  },
  { rolling: {} },
  {
    blueGreen: {
      autoPromotionEnabled: false,
      prePromotionAnalysis: { metrics: [metric] },
      postPromotionAnalysis: { metrics: [metric] },
    },
  },
  {
    canary: {
      steps: [
        { setCanaryScale: { replicas: 2 } },
        { setWeight: 10 },
        { pause: { duration: 5 } },
        { analysis: { metrics: [metric] } },
        { setCanaryScale: { matchTrafficWeight: true } },
        { setWeight: 60 },
        { plugin: { name: 'smoke' } },
        { pause: {} },
      ],
    },
  },
];

function points(from: number): number[] {
  return Array.from({ length: 12 }, (_, index) => from + index);
}

const frozen: WindowFacts = {
  open: false,
  because: [{ name: 'audit', title: 'Audit', type: 'deny' }],
};

type Move = (rollout: RolloutRehearsal) => void;

// What can happen next: people's actions, ends of effects, timers. A move that does not apply is skipped.
const moves: Record<string, Move> = {
  pause: rollout => rollout.command({ type: 'pause' }),
  resume: rollout => rollout.command({ type: 'resume' }),
  promote: rollout => rollout.command({ type: 'promote' }),
  promoteFull: rollout => rollout.command({ type: 'promoteFull' }),
  abort: rollout => rollout.command({ type: 'abort' }),
  retry: rollout => rollout.command({ type: 'retry' }),
  prepared: rollout => rollout.succeed('delivery.prepare'),
  concluded: rollout => rollout.succeed('delivery.conclude'),
  concludedBadly: rollout => rollout.fail('delivery.conclude', 'not-retryable'),
  converged: rollout => rollout.converge(),
  halfway: rollout => {
    const desired = rollout.desired.at(-1);
    if (!desired) throw new Error('nothing was asked for');
    rollout.succeed(
      'delivery.converge',
      observationOf(desired, { converged: false, health: 'progressing' }),
    );
  },
  ill: rollout => {
    const desired = rollout.desired.at(-1);
    if (!desired) throw new Error('nothing was asked for');
    rollout.succeed(
      'delivery.watch',
      observationOf(desired, { health: 'degraded' }),
    );
  },
  good: rollout => rollout.measure({ result: 0.01 }),
  bad: rollout => rollout.measure({ result: 0.5 }),
  nothing: rollout => rollout.measure({ result: null }),
  unmeasured: rollout => rollout.measure({ error: 'down' }),
  alike: rollout => rollout.compare({ canary: points(0), stable: points(0) }),
  higher: rollout => rollout.compare({ canary: points(50), stable: points(0) }),
  tooFew: rollout => rollout.compare({ canary: [1], stable: points(0) }),
  alone: rollout => rollout.compare({ canary: points(0) }),
  uncompared: rollout => rollout.compare({ error: 'down' }),
  stepDone: rollout =>
    rollout.succeed('delivery.step', { status: 'succeeded' }),
  stepRunning: rollout =>
    rollout.succeed('delivery.step', { status: 'running', afterMs: 10 }),
  stepFailed: rollout =>
    rollout.succeed('delivery.step', { status: 'failed', message: 'no' }),
  exhausted: rollout => rollout.fail('delivery.converge', 'exhausted'),
  refused: rollout => rollout.fail('delivery.converge', 'not-retryable'),
  unseen: rollout => rollout.fail('delivery.watch', 'exhausted'),
  pauseOver: rollout => rollout.fire('pause'),
  tooLate: rollout => rollout.fire('deadline'),
  freeze: rollout => {
    rollout.windows = frozen;
  },
  thaw: rollout => {
    rollout.windows = undefined;
  },
  look: rollout => rollout.lookAtWindows(),
  unknown: rollout => rollout.fail('delivery.windows', 'exhausted'),
  breakGlass: rollout =>
    rollout.command({
      type: 'breakGlass',
      by: 'user:default/ben',
      reason: 'now',
    }),
};

function play(
  rollout: RolloutRehearsal,
  names: string[],
  onMove: (name: string) => void = () => {},
): void {
  for (const name of names) {
    if (hasEnded(rollout.state!)) return;
    const before = rollout.state;
    try {
      moves[name](rollout);
    } catch (error) {
      if (rollout.state !== before) throw error;
      // The engine's rules are checked by the rehearsal; those must never be broken.
      if (/without a wake time|requested twice/.test(String(error)))
        throw error;
    }
    onMove(name);
  }
}

/** Traffic that nobody would serve, or that does not add up. */
function isUnserved({ versions }: DesiredState): boolean {
  const sum = versions.reduce((total, { weight }) => total + weight, 0);
  const nobody = versions.some(
    ({ weight, replicas }) => weight > 0 && replicas === 0,
  );
  return nobody || (versions.length > 0 && sum !== 100);
}

type Wish = Array<[version: string, replicas: number, weight: number]>;

function lastWish(rollout: RolloutRehearsal): Wish {
  const versions = rollout.desired.at(-1)?.versions ?? [];
  return versions.map(({ release, replicas, weight }) => [
    release.version,
    replicas,
    weight,
  ]);
}

/** What an ended rollout must have asked for last, or `undefined` where anything goes. */
function expectedLastWish(
  state: RolloutState,
  first: boolean,
): Wish | undefined {
  if (state.phase === 'succeeded') return [['2.0.0', 4, 100]];
  if (!hasEnded(state)) return undefined;
  return first || !state.goal || state.generation === 1
    ? undefined
    : [['1.0.0', 4, 100]];
}

describe('any sequence of commands and results', () => {
  const runs = fc.record({
    strategy: fc.constantFrom(...strategies),
    first: fc.boolean(),
    rollback: fc.boolean(),
    concludes: fc.boolean(),
    names: fc.array(fc.constantFrom(...Object.keys(moves)), {
      minLength: 5,
      maxLength: 60,
    }),
  });

  it('keeps the rules of traffic', () => {
    fc.assert(
      fc.property(runs, ({ strategy, first, rollback, concludes, names }) => {
        const rollout = new RolloutRehearsal();
        rollout.command({
          type: 'start',
          request: rolloutRequest(strategy, {
            kind: rollback ? 'rollback' : 'rollout',
            concludes,
            ...(first && { previous: undefined }),
          }),
        });
        play(rollout, names);
        const state = rollout.state!;

        expect(rollout.desired.filter(isUnserved)).toEqual([]);
        expect(rollout.desired.map(({ generation }) => generation)).toEqual(
          [...rollout.desired.map(({ generation }) => generation)].sort(
            (a, b) => a - b,
          ),
        );
        expect(lastWish(rollout)).toEqual(
          expectedLastWish(state, first) ?? lastWish(rollout),
        );
        expect(hasEnded(state) ? rollout.effects.size : 0).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('goes no step further while a window holds it, and looks until that opens', () => {
    const atWindows = fc.record({
      strategy: fc.constantFrom(...strategies),
      ungated: fc.boolean(),
      looksAtOnce: fc.boolean(),
      names: fc.array(
        fc.oneof(
          fc.constantFrom('prepared', 'converged', 'look', 'good', 'promote'),
          fc.constantFrom('freeze', 'freeze', 'freeze', 'thaw'),
          fc.constantFrom(...Object.keys(moves)),
        ),
        { minLength: 10, maxLength: 60, size: 'max' },
      ),
    });
    const met = { held: 0, released: 0, broken: 0 };
    fc.assert(
      fc.property(atWindows, ({ strategy, ungated, looksAtOnce, names }) => {
        const rollout = new RolloutRehearsal(looksAtOnce);
        rollout.command({
          type: 'start',
          request: rolloutRequest(strategy, { ...(ungated && { ungated }) }),
        });
        const changes = () =>
          rollout.events.filter(
            event => event.type === 'step.started' && event.goal,
          ).length;
        let before = changes();
        const wrong: string[] = [];
        play(rollout, names, name => {
          const state = rollout.state!;
          const free = ungated || state.gates?.breakGlass !== undefined;
          if (rollout.windows && !free && changes() !== before)
            wrong.push(`${name} went on`);
          before = changes();
          const isLooking = [...rollout.effects.values()].some(
            ({ effect }) => effect.kind === 'delivery.windows',
          );
          const shouldLook =
            state.windowCheck !== undefined && !waitName(state);
          if (isLooking !== shouldLook) wrong.push(`${name} stood`);
          if (state.windowCheck?.hold) met.held += 1;
          if (state.gates?.breakGlass) met.broken += 1;
        });
        expect(wrong).toEqual([]);
        const state = rollout.state!;
        if (!state.windowCheck || waitName(state)) return;
        if (state.windowCheck.hold) met.released += 1;
        rollout.windows = undefined;
        rollout.lookAtWindows();
        expect(rollout.state!.windowCheck).toBeUndefined();
        expect(changes()).toBe(before + 1);
      }),
      { numRuns: 2000 },
    );
    // What never came about was not shown.
    expect(Object.values(met).every(count => count > 30)).toBe(true);
  });

  it('never succeeds with a failed verification behind it', () => {
    fc.assert(
      fc.property(runs, ({ strategy, names }) => {
        const rollout = new RolloutRehearsal();
        rollout.command({ type: 'start', request: rolloutRequest(strategy) });
        play(rollout, names);
        const { steps, phase } = rollout.state!;
        const failed = steps.some(
          ({ metrics, scoring }) =>
            metrics && analysisVerdict(metrics, scoring) === 'failed',
        );
        expect(failed && phase === 'succeeded').toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('never leaves a verification without a measurement to come, a person to wait for, or an end', () => {
    fc.assert(
      fc.property(runs, ({ strategy, names }) => {
        const rollout = new RolloutRehearsal();
        rollout.command({ type: 'start', request: rolloutRequest(strategy) });
        play(rollout, names);
        const state = rollout.state!;
        const verifying =
          !hasEnded(state) &&
          !state.undo &&
          state.plan[state.current].kind === 'analysis';
        const measures = [...rollout.effects.values()].some(
          ({ effect }) => effect.kind === 'delivery.measure',
        );
        expect(verifying && !measures && !waitName(state)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

import type {
  Comparison,
  Scoring,
} from '@slipway/backstage-plugin-delivery-common';
import fc from 'fast-check';
import {
  analysisVerdict,
  type MetricProgress,
  startMetric,
} from './metricProgress';
import { bestScore, scoreInWords, scoreOf } from './score';

type Verdict = MetricProgress['verdict'];

function compared(
  name: string,
  verdict: Verdict,
  comparison: Comparison = {},
): MetricProgress {
  return {
    ...startMetric({ name, provider: { test: {} }, comparison }, 0),
    verdict,
  };
}

function conditional(name: string, verdict: Verdict): MetricProgress {
  const metric = { name, provider: { test: {} }, successCondition: 'true' };
  return { ...startMetric(metric, 0), verdict };
}

describe('the score of comparisons', () => {
  it('is the percentage that passed, in one group', () => {
    const metrics = [
      compared('a', 'successful'),
      compared('b', 'successful'),
      compared('c', 'failed'),
      compared('d', 'successful'),
    ];
    expect(scoreOf(metrics)).toMatchObject({
      value: 75,
      pass: 95,
      marginal: 75,
    });
  });

  it('weighs groups, and shares equally what is left to those without a weight', () => {
    const metrics = [
      compared('a', 'failed', { group: 'latency' }),
      compared('b', 'successful', { group: 'latency' }),
      compared('c', 'successful', { group: 'errors' }),
      compared('d', 'failed', { group: 'cost' }),
    ];
    const score = scoreOf(metrics, { groupWeights: { latency: 60 } });
    expect(score!.groups).toEqual([
      { name: 'latency', weight: 60, passed: 1, decided: 2, metrics: 2 },
      { name: 'errors', weight: 20, passed: 1, decided: 1, metrics: 1 },
      { name: 'cost', weight: 20, passed: 0, decided: 1, metrics: 1 },
    ]);
    expect(score!.value).toBe(50);
  });

  it('is 0 when a critical one fails, and says which', () => {
    const score = scoreOf([
      compared('a', 'successful'),
      compared('b', 'failed', { critical: true }),
    ]);
    expect(score).toMatchObject({ value: 0, criticalFailures: ['b'] });
    expect(scoreInWords(score!)).toBe(
      'The score is 0 of 100 because b is critical (95 passes, below 75 fails)',
    );
  });

  it('leaves out what has no verdict, and is absent while nothing has one', () => {
    expect(scoreOf([conditional('a', 'successful')])).toBeUndefined();
    expect(scoreOf([compared('a', 'running')])).toBeUndefined();
    expect(
      scoreOf([
        compared('a', 'successful', { group: 'x' }),
        compared('b', 'inconclusive', { group: 'y' }),
      ]),
    ).toMatchObject({ value: 100 });
  });

  const scorings: fc.Arbitrary<Scoring> = fc
    .array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 })
    .map(weights => {
      const sum = weights.reduce((a, b) => a + b, 0) || 1;
      const [x, y] = weights.map(weight => (weight * 100) / sum);
      return { groupWeights: { x, y } };
    });
  const verdicts = fc.array(
    fc.record({
      verdict: fc.constantFrom<Verdict>(
        'successful',
        'failed',
        'running',
        'inconclusive',
        'error',
      ),
      group: fc.constantFrom('x', 'y', 'z'),
      critical: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const progress = verdicts.map(list =>
    list.map(({ verdict, ...comparison }, index) =>
      compared(`m${index}`, verdict, comparison),
    ),
  );

  it('always lies between 0 and 100, with weights of the groups that add up to 100', () => {
    fc.assert(
      fc.property(progress, scorings, (metrics, scoring) => {
        const all = { groupWeights: { ...scoring.groupWeights } };
        const groups = new Set(metrics.map(m => m.metric.comparison!.group!));
        for (const name of Object.keys(all.groupWeights) as Array<'x' | 'y'>)
          if (!groups.has(name)) delete all.groupWeights[name];
        const score = bestScore(metrics, all)!;
        expect(score.value).toBeGreaterThanOrEqual(0);
        expect(score.value).toBeLessThanOrEqual(100);
        const sum = score.groups.reduce(
          (total, { weight }) => total + weight,
          0,
        );
        // Where no group is left without a weight, requests are refused whose weights do not add up.
        expect(groups.has('z') ? sum : 100).toBeCloseTo(100, 9);
      }),
    );
  });

  it('never ends above the best that was thought possible', () => {
    fc.assert(
      fc.property(
        progress,
        fc.infiniteStream(fc.boolean()),
        (metrics, ends) => {
          const best = bestScore(metrics)!;
          const ended = metrics.map(one =>
            one.verdict === 'running'
              ? {
                  ...one,
                  verdict: (ends.next().value
                    ? 'successful'
                    : 'failed') as Verdict,
                }
              : one,
          );
          const open = (m: MetricProgress) =>
            m.verdict === 'inconclusive' || m.verdict === 'error';
          fc.pre(!ended.some(open));
          expect(scoreOf(ended)!.value).toBeLessThanOrEqual(best.value);
        },
      ),
    );
  });
});

describe('the verdict of an analysis with comparisons', () => {
  const passed = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      compared(`good${index}`, 'successful'),
    );

  it('follows the score: successful, a person, or failed', () => {
    expect(analysisVerdict(passed(20))).toBe('successful');
    expect(analysisVerdict([...passed(9), compared('bad', 'failed')])).toBe(
      'inconclusive',
    );
    expect(analysisVerdict([...passed(2), compared('bad', 'failed')])).toBe(
      'failed',
    );
    expect(
      analysisVerdict([...passed(2), compared('bad', 'failed')], {
        pass: 60,
        marginal: 10,
      }),
    ).toBe('successful');
  });

  it('has failed as soon as nothing can lift the score any more', () => {
    expect(
      analysisVerdict([compared('a', 'running'), compared('b', 'failed')]),
    ).toBe('failed');
    expect(
      analysisVerdict([
        ...passed(9),
        compared('a', 'running'),
        compared('b', 'failed'),
      ]),
    ).toBe('running');
    expect(
      analysisVerdict([
        ...passed(9),
        compared('a', 'running'),
        compared('b', 'failed', { critical: true }),
      ]),
    ).toBe('failed');
  });

  it('is never successful with a comparison that came to nothing', () => {
    expect(
      analysisVerdict([...passed(19), compared('a', 'inconclusive')]),
    ).toBe('inconclusive');
    expect(analysisVerdict([...passed(19), compared('a', 'error')])).toBe(
      'error',
    );
  });

  it('leaves conditions to decide on their own', () => {
    expect(
      analysisVerdict([...passed(99), conditional('errors', 'failed')]),
    ).toBe('failed');
  });
});

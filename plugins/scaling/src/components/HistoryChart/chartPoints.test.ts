import { chartPoints } from './chartPoints';

const sample = (at: string, load?: number) => ({
  at: `2026-01-01T${at}:00.000Z`,
  replicas: 2,
  maxReplicas: 2,
  ...(load !== undefined && { load }),
});

describe('the points of a history', () => {
  it('leave a gap where nothing was seen, and none where a step was late', () => {
    const points = chartPoints({
      stepSeconds: 60,
      samples: [sample('10:00'), sample('10:02'), sample('10:10')],
    });
    expect(points.map(({ replicas }) => replicas)).toEqual([2, 2, null, 2]);
  });

  it('show load in percent, and no load as a gap rather than as nothing', () => {
    const points = chartPoints({
      stepSeconds: 60,
      samples: [sample('10:00', 0.5), sample('10:01')],
    });
    expect(points.map(({ load }) => load)).toEqual([50, null]);
  });
});

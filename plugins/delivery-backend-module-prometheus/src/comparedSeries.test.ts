import type { QueryAnswer } from '@slipway/backstage-plugin-prometheus-node';
import { comparedSeries } from './comparedSeries';

const matrix = (...series: Array<Array<[number, string]>>): QueryAnswer => ({
  data: {
    resultType: 'matrix',
    result: series.map(values => ({ values })),
  },
  warnings: [],
});

describe('the points of two releases', () => {
  it('begin with the first of the new one, and leave out what is no number', () => {
    expect(
      comparedSeries({
        stable: matrix([
          [10, '1'],
          [20, '2'],
          [30, 'NaN'],
          [40, '4'],
        ]),
        canary: matrix([
          [10, 'NaN'],
          [20, '5e-1'],
          [30, '+Inf'],
        ]),
      }),
    ).toEqual({ canary: [0.5], stable: [2, 4] });
  });

  it('are none while nothing was seen of the new one', () => {
    expect(
      comparedSeries({ stable: matrix([[10, '1']]), canary: matrix() }, 's'),
    ).toEqual({ canary: [], stable: [], unit: 's' });
  });

  it('are one series each', () => {
    const two = matrix([[10, '1']], [[10, '2']]);
    expect(() => comparedSeries({ stable: two, canary: matrix() })).toThrow(
      'gives 2 series for one release where one is wanted',
    );
  });
});

import { forecastPoints } from './forecastPoints';

const at = (hour: string) => `2026-01-01T${hour}:00:00.000Z`;

describe('the points of a forecast', () => {
  it('go from what was to what is expected, with a gap where nothing was known', () => {
    const points = forecastPoints({
      history: [
        { at: at('01'), demand: 2 },
        { at: at('04'), demand: 3 },
        { at: at('05'), demand: 1 },
      ],
      points: [{ at: at('05'), demand: 4, low: 3, high: 5 }],
    });
    expect(
      points.map(({ past, expected, interval }) => [past, expected, interval]),
    ).toEqual([
      [2, null, null],
      [null, null, null],
      [3, null, null],
      [null, 4, [3, 5]],
    ]);
  });
});

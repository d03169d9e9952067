import { observed } from '../__testUtils__/TestProvider';
import { demandsOf } from './demand';

describe('what all replicas do together', () => {
  it('is the mean of each times their number, by unit', () => {
    expect(
      demandsOf(
        observed('shop', {
          currentReplicas: 3,
          metrics: [
            { name: 'cpu', utilization: 40, average: 0.2 },
            { name: 'queue', average: 7 },
            { name: 'unmeasured' },
          ],
        }),
      ),
    ).toEqual([
      { metric: 'cpu', unit: 'percent', total: 120 },
      { metric: 'cpu', unit: 'number', total: expect.closeTo(0.6, 10) },
      { metric: 'queue', unit: 'number', total: 21 },
    ]);
  });

  it('is there once for each name, as far as it can be kept', () => {
    const [first, ...more] = demandsOf(
      observed('shop', {
        metrics: ['x', 'y'].map((last, index) => ({
          name: `${'n'.repeat(200)}${last}`,
          average: index + 1,
        })),
      }),
    );
    expect(more).toEqual([]);
    expect(first).toEqual({
      metric: 'n'.repeat(200),
      unit: 'number',
      total: 2,
    });
  });

  it('is not known where nobody knows how many share it', () => {
    const metrics = [{ name: 'cpu', utilization: 40 }];
    for (const currentReplicas of [undefined, 0])
      expect(demandsOf(observed('shop', { currentReplicas, metrics }))).toEqual(
        [],
      );
  });
});

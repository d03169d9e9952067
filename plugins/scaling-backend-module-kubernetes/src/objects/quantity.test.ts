import fc from 'fast-check';
import { quantityOf } from './quantity';

describe('quantities of Kubernetes', () => {
  it.each([
    ['250m', 0.25],
    ['2', 2],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['3k', 3000],
    ['1e3', 1000],
    ['many', undefined],
    ['', undefined],
    ['1Ki', 1024],
    ['1K', undefined],
    ['1i', undefined],
  ])('%s is %s', (text, value) => {
    expect(quantityOf(text)).toBe(value);
  });

  it('are as big in thousandths as in whole numbers', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), whole => {
        expect(quantityOf(`${whole * 1000}m`)).toBeCloseTo(whole, 6);
      }),
    );
  });
});

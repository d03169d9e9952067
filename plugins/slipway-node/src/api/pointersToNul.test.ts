import { pointersToNul } from './pointersToNul';

describe('pointersToNul', () => {
  it('finds texts and keys wherever they are', () => {
    expect(
      pointersToNul({
        reason: '\0',
        list: ['fine', { 'a/b': 'x\0y' }],
        values: { 'k\0': 1 },
        none: null,
        many: 3,
      }),
    ).toEqual(['/reason', '/list/1/a~1b', '/values']);
    expect(pointersToNul('fine')).toEqual([]);
    expect(pointersToNul(undefined)).toEqual([]);
  });
});

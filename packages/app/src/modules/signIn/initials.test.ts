import { initials } from './initials';

describe('initials', () => {
  it.each([
    ['Ana Ruiz', 'AR'],
    ['Anna Maria van den Berg', 'AB'],
    ['émile', 'É'],
    ['  ', ''],
  ])('of "%s" are "%s"', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

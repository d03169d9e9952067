import fc from 'fast-check';
import { spread } from './spread';

const replica = (
  name: string,
  requests: number,
  more: { errors?: number; zone?: string; seconds?: number } = {},
) => ({ replica: name, requests, errors: 0, seconds: 3600, ...more });

describe('how requests spread', () => {
  it('marks a replica that gets more or less than its share, and no others', () => {
    const { replicas } = spread([
      replica('a', 1000),
      replica('b', 1020),
      replica('c', 980),
      replica('d', 0),
    ]);
    expect(replicas.map(({ name, share }) => [name, share])).toEqual([
      ['b', 0.34],
      ['a', expect.closeTo(1 / 3)],
      ['c', expect.closeTo(0.327, 2)],
      ['d', 0],
    ]);
    expect(
      replicas.flatMap(({ name, uneven }) => (uneven ? [[name, uneven]] : [])),
    ).toEqual([
      ['b', expect.stringMatching(/36 % more/)],
      ['a', expect.stringMatching(/33 % more/)],
      ['c', expect.stringMatching(/31 % more/)],
      ['d', expect.stringMatching(/100 % less/)],
    ]);
  });

  it('takes what is within chance for chance', () => {
    // With Poisson's scatter 20 of 12 is nothing to speak of.
    const { replicas } = spread([
      replica('a', 20),
      replica('b', 9),
      replica('c', 7),
    ]);
    expect(replicas.every(({ uneven }) => uneven === undefined)).toBe(true);
  });

  it('expects of one that came late as much as of its time', () => {
    const { replicas } = spread([
      replica('a', 3600),
      replica('b', 3600),
      replica('late', 600, { seconds: 600 }),
    ]);
    expect(replicas.map(({ requestsPerSecond }) => requestsPerSecond)).toEqual([
      1, 1, 1,
    ]);
    expect(replicas.every(({ uneven }) => uneven === undefined)).toBe(true);
  });

  it('marks the one replica whose requests fail', () => {
    const { replicas } = spread([
      replica('a', 1000, { errors: 2 }),
      replica('b', 1000, { errors: 80 }),
      replica('c', 1000, { errors: 1 }),
    ]);
    expect(replicas.find(({ uneven }) => uneven)).toMatchObject({
      name: 'b',
      errorRatio: 0.08,
      uneven: expect.stringMatching(/8 % of its requests fail/),
    });
    expect(replicas.filter(({ uneven }) => uneven)).toHaveLength(1);
  });

  it('adds zones up where all are known', () => {
    const known = spread([
      replica('a', 3000, { zone: 'west' }),
      replica('b', 3000, { zone: 'west' }),
      replica('c', 1000, { zone: 'east' }),
    ]);
    expect(known.zones).toEqual([
      expect.objectContaining({
        name: 'west',
        replicas: 2,
        requestsPerSecond: expect.closeTo(6000 / 3600),
        uneven: expect.stringMatching(/29 % more.*for as many replicas/),
      }),
      expect.objectContaining({ name: 'east', replicas: 1 }),
    ]);
    expect(
      spread([replica('a', 1, { zone: 'west' }), replica('b', 1)]).zones,
    ).toEqual([]);
  });

  it('never divides by nothing, and its shares add up', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            requests: fc.nat(10_000),
            failed: fc.double({ min: 0, max: 1, noNaN: true }),
            seconds: fc.nat(3600),
          }),
          { maxLength: 10 },
        ),
        found => {
          const { replicas } = spread(
            found.map(({ failed, requests, seconds }, index) =>
              replica(String(index), requests, {
                seconds,
                errors: Math.floor(requests * failed),
              }),
            ),
          );
          const shares = replicas.reduce((sum, { share }) => sum + share, 0);
          for (const one of replicas)
            expect(Number.isFinite(one.requestsPerSecond)).toBe(true);
          expect(shares).toBeCloseTo(
            found.some(({ requests }) => requests) ? 1 : 0,
          );
        },
      ),
    );
  });
});

import { RequestStats } from './RequestStats';

const start = Date.UTC(2026, 0, 1);

/** Requests at milliseconds after the start. */
function stats(
  ...requests: Array<[at: number, latencyMs: number, failed?: boolean]>
) {
  const all = new RequestStats();
  for (const [at, latencyMs, failed = false] of requests)
    all.record({ at: start + at, latencyMs, failed });
  return all;
}

describe('numbers of requests, second by second', () => {
  it('are given for whole seconds that had a request, in the order of time', () => {
    const all = stats([3100, 10], [3900, 30, true], [1500, 5], [5000, 7]);
    expect(all.perSecond(start + 1000, start + 5999)).toMatchObject([
      { at: start + 1000, requests: 1, errorRatio: 0, meanMs: 5 },
      {
        at: start + 3000,
        requests: 2,
        errors: 1,
        errorRatio: 0.5,
        meanMs: 20,
        p50Ms: expect.closeTo(10, 0),
        p99Ms: expect.closeTo(30, 0),
        requestsPerSecond: 2,
      },
    ]);
  });

  it('leave out the second in which the window begins, and the one under way', () => {
    const all = stats([1500, 5], [2500, 6], [3500, 7]);
    const seconds = all.perSecond(start + 1200, start + 3999);
    expect(seconds.map(({ meanMs }) => meanMs)).toEqual([6]);
  });

  it('have a mean over a window that is exact', () => {
    const all = stats([0, 10.25], [100, 20.5], [1200, 0]);
    expect(all.since(start, start + 2000).meanMs).toBe(10.25);
    expect(stats().since(start, start + 2000).meanMs).toBeNull();
  });
});

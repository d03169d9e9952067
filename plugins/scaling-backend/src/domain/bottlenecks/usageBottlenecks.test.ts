import { usageBottlenecks } from './usageBottlenecks';

const MiB = 2 ** 20;
const used = (more: object) => ({
  container: 'app',
  cpu: [],
  memory: [],
  ...more,
});
const target = {
  containers: [
    { name: 'app', requests: {}, limits: { memoryBytes: 512 * MiB } },
  ],
};

describe('what is in the way by what was used', () => {
  it('is CPU that its limit holds down, from a tenth of the periods on', () => {
    const found = (throttled: number) =>
      usageBottlenecks(target, {
        containers: [used({ throttled })],
        requests: [],
      });
    expect(found(0.1)).toEqual([]);
    expect(found(0.25)).toEqual([
      {
        kind: 'cpuThrottled',
        evidence: expect.stringMatching(
          /container app.* in 25 % of the periods/,
        ),
        action: expect.stringMatching(/Raise its CPU limit/),
      },
    ]);
  });

  it('is memory near its limit, or that was at its end', () => {
    const found = (value: number, outOfMemory = 0) =>
      usageBottlenecks(target, {
        containers: [
          used({
            outOfMemory,
            memory: [{ replica: 'a', points: [{ at: 0, value: value * MiB }] }],
          }),
        ],
        requests: [],
      });
    expect(found(400)).toEqual([]);
    expect(found(500)).toEqual([
      expect.objectContaining({
        kind: 'memoryNearLimit',
        evidence: 'Memory of container app came to 98 % of its limit',
      }),
    ]);
    expect(found(400, 2)).toEqual([
      expect.objectContaining({
        evidence:
          'Container app was ended for want of memory 2 times in the last 12 hours',
      }),
    ]);
  });

  it('is requests that do not spread', () => {
    expect(
      usageBottlenecks(target, {
        containers: [],
        requests: ['a', 'b', 'c'].map(replica => ({
          replica,
          seconds: 3600,
          requests: replica === 'a' ? 5000 : 2000,
          errors: 0,
        })),
      }),
    ).toEqual([
      expect.objectContaining({
        kind: 'unevenReplicas',
        evidence: expect.stringMatching(/a: it gets 67 % more/),
      }),
    ]);
  });
});

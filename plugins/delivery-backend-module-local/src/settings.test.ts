import { ConfigReader } from '@backstage/config';
import { readSettings } from './settings';

describe('the settings of the embedded runtime', () => {
  const read = (local: object) =>
    readSettings(new ConfigReader({ delivery: { local } } as never));

  it('have defaults that fit a small machine', () => {
    expect(read({}).agent).toMatchObject({
      portRange: { from: 20_000, to: 20_999 },
      requestTimeoutSeconds: 60,
      limits: {
        memoryMiB: 1024,
        openFiles: 4096,
        processes: 64,
        starts: { max: 10, perSeconds: 600 },
      },
    });
  });

  it.each([
    [{ limits: { memoryMiB: 1 } }, 'limits.memoryMiB is 1, but must be 16'],
    [{ limits: { openFiles: 2 } }, 'limits.openFiles is 2, but must be 32'],
    [{ limits: { processes: 0 } }, 'limits.processes is 0, but must be 1'],
    [{ limits: { starts: { max: 1.5 } } }, 'starts.max is 1.5, but must be a'],
    [{ log: { maxBytesPerSecond: 1 } }, 'log.maxBytesPerSecond is 1, but'],
    [{ artifactLimits: { maxMiB: 0 } }, 'artifactLimits.maxMiB is 0, but'],
    [{ drainSeconds: -1 }, 'delivery.local.drainSeconds is -1, but must be 0'],
    [{ portRange: { from: 80 } }, 'portRange must lie between 1024 and 65535'],
    [{ portRange: { from: 3000, to: 2000 } }, 'from before to'],
    [{ limits: { memoryMiB: 'much' } }, 'limits.memoryMiB'],
  ])('are refused with the key and the reason: %j', (local, reason) => {
    expect(() => read(local)).toThrow(reason);
  });
});

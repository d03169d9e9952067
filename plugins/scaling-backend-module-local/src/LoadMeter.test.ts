import { LoadMeter } from './LoadMeter';
import type { LoadReading } from './LocalLoadClient';

const shop = 'component:default/shop@resource:default/production';
const start = 1_000_000;

interface Seen {
  /** Seconds since the start. */
  at: number;
  arrived: number;
  cpuSeconds?: Record<string, number>;
  since?: number;
}

/** What is measured at each of the readings. */
async function measured(...readings: Seen[]) {
  let now = 0;
  let next: LoadReading | undefined;
  const meter = new LoadMeter(
    async () => next!,
    () => now,
  );
  const loads = [];
  for (const { at, arrived, cpuSeconds = {}, since = 1 } of readings) {
    now = start + at * 1000;
    next = {
      since,
      at: now,
      targets: [
        {
          target: shop,
          arrived,
          releases: [
            {
              copies: Object.entries(cpuSeconds).map(([id, used]) => ({
                id,
                cpuSeconds: used,
                residentBytes: 100,
              })),
            },
          ],
        },
      ],
    };
    loads.push(
      (await meter.measure(AbortSignal.timeout(1000))).get(shop) ?? {},
    );
  }
  return loads;
}

describe('rates of what was counted', () => {
  it('are of two readings, and never of one', async () => {
    const [first, second] = await measured(
      { at: 0, arrived: 5000, cpuSeconds: { a: 7 } },
      { at: 15, arrived: 5150, cpuSeconds: { a: 10 } },
    );
    expect(first).toEqual({ residentBytes: 100 });
    expect(second).toEqual({
      requestsPerSecond: 10,
      cpuCores: 0.2,
      residentBytes: 100,
    });
  });

  it('are over ten seconds at least and a minute at most', async () => {
    const [, tooSoon, two, three, afterLong] = await measured(
      { at: 0, arrived: 0 },
      { at: 4, arrived: 400 },
      { at: 12, arrived: 480 },
      { at: 16, arrived: 480 },
      { at: 100, arrived: 500 },
    );
    expect(tooSoon).toEqual({});
    expect(two.requestsPerSecond).toBe(40);
    // Since the reading at 4 s, and not at 12 s, which is too near.
    expect(three.requestsPerSecond).toBeCloseTo(80 / 12);
    expect(afterLong).toEqual({});
  });

  it('begin anew when counting has', async () => {
    const [, , reset, again] = await measured(
      { at: 0, arrived: 100 },
      { at: 15, arrived: 200 },
      { at: 30, arrived: 3000, since: 2 },
      { at: 45, arrived: 3030, since: 2 },
    );
    expect(reset).toEqual({});
    expect(again.requestsPerSecond).toBe(2);
  });

  it('are the mean of the copies that were there before', async () => {
    const [, load] = await measured(
      { at: 0, arrived: 0, cpuSeconds: { a: 1, b: 1, restarted: 9 } },
      {
        at: 10,
        arrived: 0,
        cpuSeconds: { a: 2, b: 4, restarted: 1, young: 8 },
      },
    );
    expect(load).toMatchObject({ requestsPerSecond: 0, cpuCores: 0.2 });
  });

  it('are the same for whoever asks at the same time, and tell of what goes wrong', async () => {
    let reads = 0;
    let answers = true;
    let now = start;
    const meter = new LoadMeter(
      async () => {
        reads += 1;
        if (!answers) throw new Error('It does not answer');
        return { since: 1, at: now, targets: [] };
      },
      () => now,
    );
    const measure = () => meter.measure(AbortSignal.timeout(1000));
    await Promise.all([measure(), measure()]);
    expect(reads).toBe(1);
    answers = false;
    now += 2000;
    await expect(measure()).rejects.toThrow('It does not answer');
    answers = true;
    await measure();
    expect(reads).toBe(3);
  });
});

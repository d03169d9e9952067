import fc from 'fast-check';
import type { ContainerUsage } from '@slipway/backstage-plugin-scaling-node';
import { percentile } from './percentile';
import { rightSizing } from './rightSizing';
import { defaultRules } from './rules';

const day = 86_400_000;
const stepSeconds = 300;
const prices = { currency: 'EUR', cpuCoreHour: 0.04, memoryGiBHour: 0.005 };
const GiB = 2 ** 30;
const MiB = 2 ** 20;

/** Replicas that used what `value` says, sampled every five minutes for so many days before the end. */
function series(
  days: number,
  value: (at: number, replica: number) => number,
  replicas = 2,
  total = 7,
) {
  return Array.from({ length: replicas }, (_, replica) => ({
    replica: `web-${replica}`,
    points: Array.from(
      { length: (days * day) / stepSeconds / 1000 },
      (__, i) => {
        const at = (total - days) * day + i * stepSeconds * 1000;
        return { at, value: value(at, replica) };
      },
    ),
  }));
}

function sized(
  used: Partial<ContainerUsage>,
  {
    requests = { cpuCores: 1, memoryBytes: GiB } as object,
    limits = {} as object,
    metrics = [] as never[] | object[],
    of = prices as typeof prices | null,
  } = {},
) {
  return rightSizing(
    {
      containers: [{ name: 'app', requests, limits }],
      metrics: metrics as never,
    },
    {
      stepSeconds,
      containers: [{ container: 'app', cpu: [], memory: [], ...used }],
    },
    { from: 0, to: 7 * day },
    { rules: defaultRules, prices: of ?? undefined },
  );
}

function cpuOf(...args: Parameters<typeof sized>) {
  const { containers } = sized(...args);
  return containers[0].resources.find(({ resource }) => resource === 'cpu')!;
}

function memoryOf(...args: Parameters<typeof sized>) {
  const { containers } = sized(...args);
  return containers[0].resources.find(({ resource }) => resource === 'memory')!;
}

describe('a percentile', () => {
  it('is a value that was measured, with so many percent at most as high', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 64, noNaN: true }), {
          minLength: 1,
        }),
        fc.integer({ min: 1, max: 100 }),
        (values, percent) => {
          const sorted = [...values].sort((a, b) => a - b);
          const found = percentile(sorted, percent);
          expect(sorted).toContain(found);
          const within = sorted.filter(value => value <= found).length;
          const below = sorted.filter(value => value < found).length;
          expect(within).toBeGreaterThanOrEqual(
            (percent / 100) * sorted.length - 1e-9,
          );
          expect(below).toBeLessThan((percent / 100) * sorted.length);
        },
      ),
    );
  });
});

describe('right-sizing', () => {
  it('takes the 95th percentile of CPU and the most of memory, adds its headroom, and says what that saves', () => {
    // One sample in ten is high; of memory one single one.
    const found = sized({
      cpu: series(7, at => ((at / 300_000) % 10 === 0 ? 0.4 : 0.1)),
      memory: series(7, (at, replica) =>
        at === 3 * day && replica === 1 ? 500 * MiB : 200 * MiB,
      ),
    });
    const [cpu, memory] = found.containers[0].resources;
    expect(cpu).toMatchObject({
      request: 1,
      samples: 2 * 2016,
      replicas: 2,
      coverage: 1,
      observed: 0.4,
      highest: 0.4,
      recommended: 0.46,
      verdict: 'lower',
      confidence: 'high',
      byDay: { lowest: 0.4, highest: 0.4 },
    });
    expect(memory).toMatchObject({
      observed: 500 * MiB,
      recommended: 576 * MiB,
      verdict: 'lower',
    });
    expect(found.replicas).toBe(2);
    // By hand: (0.54 cores of 0.04 + 448 MiB = 0.4375 GiB of 0.005) of 2 replicas for 730 hours.
    expect(found.saving).toEqual({
      currency: 'EUR',
      hoursPerMonth: 730,
      replicas: 2,
      perMonth: expect.closeTo((0.54 * 0.04 + 0.4375 * 0.005) * 2 * 730, 6),
    });
  });

  it('never recommends less than was used, and keeps what is nearly right', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 30, noNaN: true }),
        fc.double({ min: 0.01, max: 64, noNaN: true }),
        (used, request) => {
          const cpu = cpuOf(
            { cpu: series(7, () => used, 1) },
            { requests: { cpuCores: request } },
          );
          expect(cpu.recommended).toBeGreaterThanOrEqual(used * 1.15 - 1e-9);
          expect(cpu.recommended).toBeLessThan(used * 1.15 + 0.0101);
          const change = cpu.recommended / request - 1;
          const further = change > 0 ? 'raise' : 'lower';
          expect(cpu.verdict).toBe(Math.abs(change) <= 0.1 ? 'keep' : further);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('does not go below what was held down: by the CPU limit, by the end of memory, or near it', () => {
    const throttled = cpuOf({ cpu: series(7, () => 0.2), throttled: 0.4 });
    expect(throttled).toMatchObject({ verdict: 'keep', confidence: 'low' });
    expect(throttled.reasons[0]).toMatch(
      /held it down in 40 %.*raise the limit/,
    );

    const ended = memoryOf({
      memory: series(7, () => 200 * MiB),
      outOfMemory: 3,
    });
    expect(ended).toMatchObject({ verdict: 'keep', confidence: 'low' });
    expect(ended.reasons[0]).toMatch(/ended for want of memory 3 times/);

    const near = memoryOf(
      { memory: series(7, () => 485 * MiB) },
      { limits: { memoryBytes: 512 * MiB } },
    );
    expect(near).toMatchObject({ verdict: 'keep', confidence: 'low' });
    expect(near.reasons[0]).toMatch(/came to 95 % of its limit/);
  });

  it('trusts less what it saw for less than a week, with gaps, unlike from day to day, or growing', () => {
    const steady = () => 0.2;
    expect(cpuOf({ cpu: series(7, steady) }).confidence).toBe('high');
    expect(cpuOf({ cpu: series(4, steady) })).toMatchObject({
      confidence: 'medium',
    });
    expect(cpuOf({ cpu: series(2, steady) })).toMatchObject({
      confidence: 'low',
      coverage: expect.closeTo(2 / 7),
    });
    const grown = cpuOf({ cpu: series(7, at => 0.2 + (at / day) * 0.1) });
    expect(grown.confidence).not.toBe('high');
    expect(grown.reasons.join()).toMatch(/it grows/);
    const sunday = cpuOf({
      cpu: series(7, at => (Math.floor(at / day) === 2 ? 0.6 : 0.2)),
    });
    expect(sunday.confidence).toBe('medium');
    expect(sunday.reasons.join()).toMatch(/days differ: .* 3 times/);
  });

  it('is refused below a day of samples, and takes no numbers that are none', () => {
    expect(sized({ cpu: series(0.9, () => 0.2) })).toMatchObject({
      containers: [],
      refused: expect.stringMatching(/Less than a day/),
    });
    expect(
      cpuOf({
        cpu: series(7, at => (at % 600_000 ? 0.2 : NaN)),
      }),
    ).toMatchObject({ samples: 2016, coverage: 0.5 });
  });

  it('sets what is requested nowhere, and says what cannot be reckoned', () => {
    const used = { cpu: series(7, () => 0.2) };
    expect(cpuOf(used, { requests: {} })).toMatchObject({ verdict: 'set' });
    expect(sized(used, { of: null }).noSaving).toMatch(/No prices/);
    expect(
      sized(used, { of: { currency: 'EUR', perReplicaHour: 1 } as never })
        .noSaving,
    ).toMatch(/one price for a replica/);
  });

  it('says how an autoscaler by CPU has to be set with it, and claims no saving then', () => {
    const found = sized(
      { cpu: series(7, () => 0.2) },
      {
        metrics: [{ name: 'cpu', utilization: 20, target: '80 %' }],
      },
    );
    // 1 becomes 0.23.
    expect(found.notes).toEqual([
      expect.stringMatching(/goes by CPU.*multiply its target by 4\.35/),
    ]);
    expect(found.saving).toBeUndefined();
    expect(found.noSaving).toMatch(/changes how many replicas/);
  });
});

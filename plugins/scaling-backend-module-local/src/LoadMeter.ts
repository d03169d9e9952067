import type { LoadReading } from './LocalLoadClient';

/** Over less than this a rate is mostly chance, and over more it is of the past. */
const shortestMs = 10_000;
const longestMs = 60_000;
/** Who asks within this time after another one gets the same answer. */
const freshMs = 1000;

type TargetReading = LoadReading['targets'][number];

/** What a target had to do lately. What is not known is left out. */
export interface Load {
  /** Of all copies together. */
  requestsPerSecond?: number;
  /** The mean of the copies. */
  cpuCores?: number;
  /** The mean of the copies. */
  residentBytes?: number;
}

/** Makes rates of counters: of two readings, and never of one. */
export class LoadMeter {
  #readings: LoadReading[] = [];
  #reading?: { at: number; answer: Promise<LoadReading> };

  constructor(
    private readonly read: (signal: AbortSignal) => Promise<LoadReading>,
    private readonly now: () => number,
  ) {}

  /** By component and environment (`<component ref>@<environment ref>`); of those that have an address. */
  async measure(signal: AbortSignal): Promise<ReadonlyMap<string, Load>> {
    const current = await this.#fresh(signal);
    const earlier = this.#readings.findLast(
      ({ at }) => at <= current.at - shortestMs,
    );
    return new Map(
      current.targets.map(target => [
        target.target,
        loadOf(target, earlier && { ...earlier, until: current.at }),
      ]),
    );
  }

  #fresh(signal: AbortSignal): Promise<LoadReading> {
    const now = this.now();
    if (!this.#reading || now - this.#reading.at >= freshMs)
      this.#reading = { at: now, answer: this.#take(signal) };
    return this.#reading.answer;
  }

  async #take(signal: AbortSignal): Promise<LoadReading> {
    try {
      const current = await this.read(signal);
      this.#readings = [
        ...this.#readings.filter(
          ({ at, since }) =>
            since === current.since &&
            at < current.at &&
            at >= current.at - longestMs,
        ),
        current,
      ];
      return current;
    } catch (error) {
      this.#reading = undefined;
      throw error;
    }
  }
}

function loadOf(
  now: TargetReading,
  earlier: (LoadReading & { until: number }) | undefined,
): Load {
  const copies = copiesOf(now);
  const memory = mean(
    copies.flatMap(({ residentBytes }) => residentBytes ?? []),
  );
  const seconds = earlier && (earlier.until - earlier.at) / 1000;
  const before = earlier?.targets.find(({ target }) => target === now.target);
  const known = new Map(
    before && copiesOf(before).map(({ cpuSeconds, id }) => [id, cpuSeconds]),
  );
  const cpu = seconds
    ? mean(
        copies.flatMap(({ cpuSeconds, id }) => {
          const used = (cpuSeconds ?? NaN) - (known.get(id) ?? NaN);
          // Less than before is of another process.
          return used >= 0 ? [used / seconds] : [];
        }),
      )
    : undefined;
  return {
    ...(before &&
      seconds && {
        requestsPerSecond: (now.arrived - before.arrived) / seconds,
      }),
    ...(cpu !== undefined && { cpuCores: cpu }),
    ...(memory !== undefined && { residentBytes: memory }),
  };
}

function copiesOf({ releases }: TargetReading) {
  return releases.flatMap(({ copies }) => copies);
}

function mean(values: number[]): number | undefined {
  return values.length
    ? values.reduce((sum, value) => sum + value, 0) / values.length
    : undefined;
}

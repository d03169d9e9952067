import type { Measurement } from '@slipway/backstage-plugin-delivery-common';

export interface MeasurementSample {
  /** Milliseconds since the epoch. */
  time: number;
  at: string;
  value: number;
  verdict: Measurement['verdict'];
  message?: string;
}

export interface MeasurementSeries {
  samples: MeasurementSample[];
  /** How many measurements gave no single number, and so cannot be drawn. */
  withoutNumber: number;
}

/** The measurements that can be drawn, in the order of time. */
export function measurementSeries(
  measurements: readonly Measurement[],
): MeasurementSeries {
  const samples = measurements
    .flatMap(({ at, value, verdict, message }) =>
      value === undefined || !Number.isFinite(value)
        ? []
        : [{ time: Date.parse(at), at, value, verdict, message }],
    )
    .sort((a, b) => a.time - b.time);
  return { samples, withoutNumber: measurements.length - samples.length };
}

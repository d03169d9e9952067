import { RequestCounters } from '../agent/RequestCounters';
import { prometheusText } from './prometheusText';

describe('the text for Prometheus', () => {
  it('has each family once, with its buckets added up, and names that cannot break it', () => {
    const counters = new RequestCounters();
    for (const latencyMs of [3, 5, 40, 20_000])
      counters.record({ latencyMs, failed: latencyMs > 1000 });
    const { errors, latency, requests } = counters;
    const text = prometheusText({
      since: 1500,
      at: 2000,
      targets: [
        {
          target: 'component:default/shop@resource:default/production',
          arrived: 6,
          refused: 2,
          releases: [
            {
              releaseId: 'r1',
              version: 'a"b\\c\nd',
              requests,
              errors,
              inFlight: 1,
              latency,
              copies: [
                { id: 'c1', ready: true, cpuSeconds: 1.5, residentBytes: 4096 },
                { id: 'c2', ready: false },
              ],
            },
          ],
        },
      ],
    });
    const place =
      'component="component:default/shop",environment="resource:default/production"';
    const release = `${place},release="r1",version="a\\"b\\\\c\\nd"`;
    const lines = text.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'slipway_local_start_time_seconds 1.5',
        `slipway_local_arrived_requests_total{${place}} 6`,
        `slipway_local_refused_requests_total{${place}} 2`,
        `slipway_local_requests_total{${release}} 4`,
        `slipway_local_request_errors_total{${release}} 1`,
        `slipway_local_requests_in_flight{${release}} 1`,
        `slipway_local_request_duration_seconds_bucket{${release},le="0.005"} 2`,
        `slipway_local_request_duration_seconds_bucket{${release},le="0.025"} 2`,
        `slipway_local_request_duration_seconds_bucket{${release},le="0.05"} 3`,
        `slipway_local_request_duration_seconds_bucket{${release},le="10"} 3`,
        `slipway_local_request_duration_seconds_bucket{${release},le="+Inf"} 4`,
        `slipway_local_request_duration_seconds_sum{${release}} 20.048`,
        `slipway_local_request_duration_seconds_count{${release}} 4`,
        `slipway_local_copy_ready{${release},copy="c2"} 0`,
        `slipway_local_copy_cpu_seconds_total{${release},copy="c1"} 1.5`,
        `slipway_local_copy_resident_memory_bytes{${release},copy="c1"} 4096`,
      ]),
    );
    // What the system did not tell is left out, and not 0.
    expect(text).not.toMatch(/copy_cpu_seconds_total\{.*c2/);
    const types = lines.filter(line => line.startsWith('# TYPE'));
    expect(types).toEqual([...new Set(types)]);
    expect(types).toHaveLength(10);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('is short where nothing runs', () => {
    expect(prometheusText({ since: 0, at: 0, targets: [] })).toBe(
      '# HELP slipway_local_start_time_seconds When counting began, in seconds since the epoch.\n# TYPE slipway_local_start_time_seconds gauge\nslipway_local_start_time_seconds 0\n',
    );
  });
});

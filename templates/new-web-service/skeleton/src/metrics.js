// Seconds; the upper edges of the buckets.
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts requests and how long they took, in Prometheus' text format. */
export function createMetrics() {
  const requests = new Map();
  const durations = new Map();

  return {
    observe({ method, route, status, seconds }) {
      const series = `method="${method}",route="${route}",status="${status}"`;
      requests.set(series, (requests.get(series) ?? 0) + 1);

      const key = `route="${route}"`;
      const duration = durations.get(key) ?? {
        buckets: BUCKETS.map(() => 0),
        sum: 0,
        count: 0,
      };
      BUCKETS.forEach((edge, index) => {
        if (seconds <= edge) duration.buckets[index] += 1;
      });
      duration.sum += seconds;
      duration.count += 1;
      durations.set(key, duration);
    },

    text() {
      const lines = [
        '# HELP http_requests_total Requests answered.',
        '# TYPE http_requests_total counter',
      ];
      for (const [series, count] of requests) {
        lines.push(`http_requests_total{${series}} ${count}`);
      }
      lines.push(
        '# HELP http_request_duration_seconds How long answers took.',
        '# TYPE http_request_duration_seconds histogram',
      );
      for (const [key, { buckets, sum, count }] of durations) {
        BUCKETS.forEach((edge, index) => {
          lines.push(
            `http_request_duration_seconds_bucket{${key},le="${edge}"} ${buckets[index]}`,
          );
        });
        lines.push(
          `http_request_duration_seconds_bucket{${key},le="+Inf"} ${count}`,
          `http_request_duration_seconds_sum{${key}} ${sum}`,
          `http_request_duration_seconds_count{${key}} ${count}`,
        );
      }
      return `${lines.join('\n')}\n`;
    },
  };
}

import {
  latencyBounds,
  type LoadReading,
  type ReleaseLoad,
} from '../agent/protocol';

type Labels = Record<string, string>;

interface Sample {
  /** After the family's name, for parts of a histogram. */
  suffix?: string;
  labels: Labels;
  value: number;
}

interface Family {
  name: string;
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  samples: Sample[];
}

/**
 * A reading in the text format 0.0.4, which every Prometheus reads:
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function prometheusText(reading: LoadReading): string {
  return familiesOf(reading).map(written).join('');
}

function familiesOf({ since, targets }: LoadReading): Family[] {
  const places = targets.map(load => ({ load, labels: placeOf(load.target) }));
  const releases = places.flatMap(({ labels, load }) =>
    load.releases.map(release => ({
      release,
      labels: {
        ...labels,
        release: release.releaseId,
        version: release.version,
      },
    })),
  );
  const copies = releases.flatMap(({ labels, release }) =>
    release.copies.map(copy => ({
      copy,
      labels: { ...labels, copy: copy.id },
    })),
  );
  const ofReleases = (value: (release: ReleaseLoad) => number): Sample[] =>
    releases.map(({ labels, release }) => ({ labels, value: value(release) }));
  const known = (labels: Labels, value: number | undefined): Sample[] =>
    value === undefined ? [] : [{ labels, value }];
  return [
    {
      name: 'slipway_local_start_time_seconds',
      type: 'gauge',
      help: 'When counting began, in seconds since the epoch.',
      samples: [{ labels: {}, value: since / 1000 }],
    },
    {
      name: 'slipway_local_arrived_requests_total',
      type: 'counter',
      help: 'Requests that clients sent to the address, whatever became of them.',
      samples: places.map(({ labels, load }) => ({
        labels,
        value: load.arrived,
      })),
    },
    {
      name: 'slipway_local_refused_requests_total',
      type: 'counter',
      help: 'Requests that no copy was ready for.',
      samples: places.map(({ labels, load }) => ({
        labels,
        value: load.refused,
      })),
    },
    {
      name: 'slipway_local_requests_total',
      type: 'counter',
      help: 'Requests that were answered, or failed, by release.',
      samples: ofReleases(({ requests }) => requests),
    },
    {
      name: 'slipway_local_request_errors_total',
      type: 'counter',
      help: 'Requests that were answered with 5xx, or not at all.',
      samples: ofReleases(({ errors }) => errors),
    },
    {
      name: 'slipway_local_requests_in_flight',
      type: 'gauge',
      help: 'Requests under way.',
      samples: ofReleases(({ inFlight }) => inFlight),
    },
    {
      name: 'slipway_local_request_duration_seconds',
      type: 'histogram',
      help: 'How long requests took until their answer had been sent.',
      samples: releases.flatMap(({ labels, release }) =>
        histogram(labels, release),
      ),
    },
    {
      name: 'slipway_local_copy_ready',
      type: 'gauge',
      help: 'Whether a copy is ready.',
      samples: copies.map(({ copy, labels }) => ({
        labels,
        value: copy.ready ? 1 : 0,
      })),
    },
    {
      name: 'slipway_local_copy_cpu_seconds_total',
      type: 'counter',
      help: 'Processor time of a copy with all its processes.',
      samples: copies.flatMap(({ copy, labels }) =>
        known(labels, copy.cpuSeconds),
      ),
    },
    {
      name: 'slipway_local_copy_resident_memory_bytes',
      type: 'gauge',
      help: 'Resident memory of a copy with all its processes.',
      samples: copies.flatMap(({ copy, labels }) =>
        known(labels, copy.residentBytes),
      ),
    },
  ];
}

function histogram(
  labels: Labels,
  { latency, requests }: ReleaseLoad,
): Sample[] {
  return [
    ...latencyBounds.map((bound, index) => ({
      suffix: '_bucket',
      labels: { ...labels, le: String(bound) },
      value: latency.within[index],
    })),
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: requests },
    { suffix: '_sum', labels, value: latency.seconds },
    { suffix: '_count', labels, value: requests },
  ];
}

/** From what the agent knows a target by. */
function placeOf(target: string): Labels {
  const [component, environment] = target.split('@');
  return { component, environment };
}

function written({ help, name, samples, type }: Family): string {
  if (!samples.length) return '';
  const lines = samples.map(
    ({ labels, suffix = '', value }) =>
      `${name}${suffix}${labelled(labels)} ${value}`,
  );
  return `${[`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n')}\n`;
}

function labelled(labels: Labels): string {
  const all = Object.entries(labels).map(
    ([name, value]) => `${name}="${escaped(value)}"`,
  );
  return all.length ? `{${all.join(',')}}` : '';
}

function escaped(value: string): string {
  return value
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');
}

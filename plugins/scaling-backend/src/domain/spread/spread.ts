import type {
  Spread,
  SpreadPart,
} from '@slipway/backstage-plugin-scaling-common';
import type { ReplicaRequests } from '@slipway/backstage-plugin-scaling-node';

// Chance: what lies within so many standard deviations is taken for it. With 100 replicas looked at every hour, about one of
// them lies beyond by chance in two years.
const deviations = 4;
/** Smaller differences are of no consequence, however certain. */
const leastDifference = 0.25;
const leastErrorRatio = 0.01;

interface Part {
  name: string;
  zone?: string;
  replicas: number;
  /** Of all its replicas together. */
  seconds: number;
  requests: number;
  errors: number;
}

/**
 * How requests and errors spread; what is uneven beyond chance is marked. A share is fair by the time for which there was a
 * replica.
 */
export function spread(
  found: readonly ReplicaRequests[],
): Pick<Spread, 'replicas' | 'zones'> {
  const replicas = found.map(({ replica, ...rest }) => ({
    name: replica,
    replicas: 1,
    ...rest,
  }));
  return {
    replicas: judged(replicas, 'replica'),
    zones: judged(byZone(found), 'zone'),
  };
}

/** None unless the zone of every replica is known: half a picture would look uneven. */
function byZone(found: readonly ReplicaRequests[]): Part[] {
  const zones = new Map<string, Part>();
  for (const { errors, requests, seconds, zone } of found) {
    if (!zone) return [];
    const known = zones.get(zone);
    zones.set(zone, {
      name: zone,
      replicas: (known?.replicas ?? 0) + 1,
      seconds: (known?.seconds ?? 0) + seconds,
      requests: (known?.requests ?? 0) + requests,
      errors: (known?.errors ?? 0) + errors,
    });
  }
  return [...zones.values()];
}

function judged(
  parts: readonly Part[],
  kind: 'replica' | 'zone',
): SpreadPart[] {
  const all = sum(parts);
  return parts
    .map(part => {
      const uneven = [
        ...unequalShare(part, all, kind),
        ...moreErrors(part, all, kind),
      ];
      return {
        name: part.name,
        ...(part.zone && { zone: part.zone }),
        replicas: part.replicas,
        requestsPerSecond: part.seconds
          ? (part.requests / part.seconds) * part.replicas
          : 0,
        share: all.requests ? part.requests / all.requests : 0,
        ...(part.requests > 0 && {
          errorRatio: Math.min(1, part.errors / part.requests),
        }),
        ...(uneven.length && { uneven: uneven.join('; ') }),
      };
    })
    .sort(
      (a, b) =>
        b.requestsPerSecond - a.requestsPerSecond ||
        a.name.localeCompare(b.name),
    );
}

/** Requests come by themselves, so that the count of a fair share scatters by its root. */
function unequalShare(
  { replicas, requests, seconds }: Part,
  all: Part,
  kind: string,
): string[] {
  if (all.replicas === replicas || !all.requests || !seconds) return [];
  const fair = (all.requests * seconds) / all.seconds;
  const difference = requests / fair - 1;
  if (
    Math.abs(difference) < leastDifference ||
    Math.abs(requests - fair) < deviations * Math.sqrt(fair)
  )
    return [];
  const amount = `${Math.round(Math.abs(difference) * 100)} %`;
  return [
    `it gets ${amount} ${difference > 0 ? 'more' : 'less'} than its fair share${kind === 'zone' ? ' for as many replicas' : ''}`,
  ];
}

/** Two proportions, by the normal approximation: this one against all the others. */
function moreErrors({ errors, requests }: Part, all: Part, kind: string) {
  const others = {
    errors: all.errors - errors,
    requests: all.requests - requests,
  };
  if (!requests || !others.requests) return [];
  const ratio = errors / requests;
  const other = others.errors / others.requests;
  const pooled = Math.min(1, all.errors / all.requests);
  const deviation = Math.sqrt(
    pooled * (1 - pooled) * (1 / requests + 1 / others.requests),
  );
  if (
    ratio < leastErrorRatio ||
    ratio < 2 * other ||
    ratio - other < deviations * deviation
  )
    return [];
  return [
    `${percent(ratio)} of its requests fail, of the other ${kind}s' ${percent(other)}`,
  ];
}

function sum(parts: readonly Part[]): Part {
  const of = (field: 'replicas' | 'seconds' | 'requests' | 'errors') =>
    parts.reduce((total, part) => total + part[field], 0);
  return {
    name: '',
    replicas: of('replicas'),
    seconds: of('seconds'),
    requests: of('requests'),
    errors: of('errors'),
  };
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 1000) / 10} %`;
}

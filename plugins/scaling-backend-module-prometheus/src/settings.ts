import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  readServers,
  type ServerSettings,
} from '@slipway/backstage-plugin-prometheus-node';

const at = 'scaling.prometheus';

/** How series are called. */
export interface UsageSettings {
  /** A label that says which cluster a series is of, where one Prometheus knows several. */
  clusterLabel?: string;
  /** A counter of requests, by pod. */
  requestsMetric: string;
  /** Its label of the HTTP status. */
  codeLabel: string;
  /** Of `kube_node_labels`: the zone of a node. */
  zoneLabel: string;
}

/** Reads `scaling.prometheus`, and the servers of delivery where it has none. Throws `InputError` naming the key. */
export function readSettings(
  config: Config,
): UsageSettings & { servers: ServerSettings[] } {
  const own = `${at}.servers`;
  const clusterLabel = readName(config, 'clusterLabel');
  return {
    servers: readServers(
      config,
      config.has(own) ? own : 'delivery.prometheus.servers',
    ),
    ...(clusterLabel && { clusterLabel }),
    requestsMetric:
      readName(config, 'requests.metric') ?? 'http_requests_total',
    codeLabel: readName(config, 'requests.codeLabel') ?? 'code',
    zoneLabel:
      readName(config, 'zoneLabel') ?? 'label_topology_kubernetes_io_zone',
  };
}

/** They are written into queries as they are. */
function readName(config: Config, key: string): string | undefined {
  const name = config.getOptionalString(`${at}.${key}`);
  if (name !== undefined && !/^[A-Za-z_:][A-Za-z0-9_:]*$/.test(name))
    throw new InputError(
      `${at}.${key} must be a name as Prometheus has them: letters, digits, underscores and colons`,
    );
  return name;
}

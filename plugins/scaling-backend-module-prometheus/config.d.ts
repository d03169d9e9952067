export interface Config {
  scaling?: {
    prometheus?: {
      /** The Prometheus servers that know what replicas use; those under `delivery.prometheus.servers` when left out. */
      servers?: Array<{
        /** What `spec.target.prometheus` of an environment calls it by; unique. `prometheus` when left out. */
        name?: string;
        /** Where its pages are, such as `http://prometheus.monitoring:9090`, without user name and password. */
        url: string;
        /** How requests are authenticated; not at all when left out. */
        auth?: {
          basic?: {
            username: string;
            /** @visibility secret */
            password: string;
          };
          /** @visibility secret */
          bearer?: string;
        };
        tls?: {
          /** Certificates (PEM) to trust in place of the system's, such as `{ $file: ./prometheus-ca.pem }`. */
          ca?: string;
        };
        /** For one answer; at most 30. 10 when left out. */
        timeoutSeconds?: number;
      }>;
      /** The label that says which cluster a series is of, where one Prometheus knows several; its value is `spec.target.cluster`. */
      clusterLabel?: string;
      requests?: {
        /** A counter of HTTP requests with the labels `namespace` and `pod`; `http_requests_total` when left out. */
        metric?: string;
        /** Its label of the HTTP status; `code` when left out. */
        codeLabel?: string;
      };
      /** The label of `kube_node_labels` that says a node's zone; `label_topology_kubernetes_io_zone` when left out. */
      zoneLabel?: string;
    };
  };
}

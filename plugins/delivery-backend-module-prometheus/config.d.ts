export interface Config {
  delivery?: {
    prometheus?: {
      /** The Prometheus servers that the analysis provider `prometheus` may ask. */
      servers?: Array<{
        /** What queries call it by; unique. `prometheus` when left out. */
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
        /** From one point of a comparison to the next. At least four scrape intervals. 60 when left out. */
        stepSeconds?: number;
        /** For one answer; at most 30. 10 when left out. */
        timeoutSeconds?: number;
      }>;
    };
  };
}

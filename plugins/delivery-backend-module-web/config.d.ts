export interface Config {
  delivery?: {
    web?: {
      /**
       * What the analysis provider `web` may connect to. Nothing when left out.
       */
      allow?: Array<
        | {
            /**
             * A host name, compared exactly; no wildcards. Permits its public addresses only: for a name that leads to
             * private ones, add a `cidr` entry that covers them.
             */
            host: string;
            /** The protocol's own port when left out. */
            port?: number;
            /** `https` when left out. */
            protocol?: 'http' | 'https';
          }
        | {
            /**
             * A range of addresses, such as `10.1.0.0/16`. Permits URLs that name such an address, and permits names of
             * `host` entries to lead there. Does not permit any name by itself.
             */
            cidr: string;
            /** Every port when left out. */
            port?: number;
          }
      >;
    };
  };
}

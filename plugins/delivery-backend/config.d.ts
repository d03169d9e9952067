import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Slipway delivery. */
  delivery?: {
    /**
     * The strategy of rollouts that name none, by the environment's tier. What is left out keeps the built-in one:
     * `rolling` for development and staging, a canary with pauses for production. As the API's `Strategy`.
     */
    defaultStrategies?: {
      development?: object;
      staging?: object;
      production?: object;
    };
    /** Promotion pipelines and change windows, as YAML documents. */
    pipelines?: {
      /** Where they are. A name that two of them use belongs to the first. */
      locations?: Array<{
        type: 'file' | 'url';
        /**
         * A URL that `backend.reading` or an integration allows, or a path: absolute, or relative to the directory in
         * which the backend was started. At most 256 KiB each.
         */
        target: string;
      }>;
      /** The pipeline of components that no pipeline claims and that name none. */
      default?: string;
      /** Pipelines in components' own repositories. */
      fromComponents?: {
        /**
         * Whether the annotation `slipway.dev/delivery-pipeline` of a component is read; not when left out. Who may change
         * the catalog then decides what holds their own component, but for what the baseline asks for.
         */
        enabled: boolean;
        /**
         * The configured pipeline from which a component's own may take nothing away: its environments, their order, its
         * gates and verifications. Gates are the component's own matter when left out.
         */
        baseline?: string;
      };
      /** How often they are read again; a minute when left out. */
      refresh?: HumanDuration | string;
    };
  };
}

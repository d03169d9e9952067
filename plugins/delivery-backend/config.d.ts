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
      /** How often they are read again; a minute when left out. */
      refresh?: HumanDuration | string;
    };
  };
}

export interface Config {
  delivery?: {
    /** How the history of sources is read, for the commits that a release brings. */
    git?: {
      /**
       * Where histories are kept between restarts; each backend needs a directory of its own. Relative paths start at the
       * root of the monorepo. A temporary one when left out.
       */
      directory?: string;
      /** How many histories are kept; 50 when left out. Those not asked for the longest go first. */
      maxRepositories?: number;
      /** Seconds that fetching one history may take; 300 when left out. */
      timeoutSeconds?: number;
    };
  };
}

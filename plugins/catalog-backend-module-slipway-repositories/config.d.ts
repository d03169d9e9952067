export interface Config {
  slipway?: {
    repositories?: {
      /**
       * Where the local git repositories are. A relative path starts at the root of the monorepo, wherever the backend
       * was started. `data/repositories` when left out.
       */
      directory?: string;
    };
  };
}

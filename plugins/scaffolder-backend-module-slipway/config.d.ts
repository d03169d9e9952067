export interface Config {
  slipway?: {
    repositories?: {
      /**
       * Where the local git repositories are. A relative path starts at the root of the monorepo, wherever the backend
       * was started. `data/repositories` when left out.
       */
      directory?: string;
      /**
       * Where the archives of commits are that releases are made of. The same rule for relative paths.
       * `data/artifacts` when left out. The local runtime must be allowed to read it (`delivery.local.artifactRoots`).
       */
      artifactsDirectory?: string;
      /**
       * Entity references of users and groups that may change every local repository. All others may only change those
       * whose component they own.
       */
      maintainers?: string[];
    };
  };
}

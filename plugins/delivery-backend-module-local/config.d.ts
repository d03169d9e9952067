export interface Config {
  delivery?: {
    /** The embedded runtime, for one machine. */
    local?: {
      /** Where artifacts, logs and state lie; relative to the root of the repository. Default: data/delivery-local */
      dataDirectory?: string;
      /** Folders that `directory` and `tarball` artifacts may come from; relative to the root. Default: [data/artifacts] */
      artifactRoots?: string[];
      /** Stable addresses are given from these ports of 127.0.0.1. Default: 20000 to 20999 */
      portRange?: { from: number; to: number };
      /** Default: npm */
      npmCommand?: string;
      /** Whether install scripts of npm packages may run. Default: false */
      allowScripts?: boolean;
      /** Whether it may be used with NODE_ENV=production. Default: false */
      allowInProduction?: boolean;
      /** Without a backend for this long everything is taken down. Default: 15 */
      orphanSeconds?: number;
      /** After a graceful stop of the backend, how long another may take to come back. Default: 8 */
      reloadSeconds?: number;
      /** From SIGTERM to SIGKILL. Default: 10 */
      terminationGraceSeconds?: number;
      /** How long requests under way may take when a copy is stopped. Default: 10 */
      drainSeconds?: number;
      log?: {
        /** Of one copy's log file; one older file is kept. Default: 2097152 */
        maxBytes?: number;
        /** Default: 8192 */
        maxLineLength?: number;
        /** Default: 500 */
        maxLinesPerSecond?: number;
      };
    };
  };
}

export interface Config {
  delivery?: {
    /** The embedded runtime, for one machine. */
    local?: {
      /** Where artifacts, logs and state lie; relative to the root of the repository. Default: data/delivery-local */
      dataDirectory?: string;
      /** Folders that `directory` and `tarball` artifacts may come from; relative to the root. Default: [data/artifacts] */
      artifactRoots?: string[];
      /** What one `directory` or `tarball` artifact may hold, unpacked. Default: 50000 files, 1024 MiB */
      artifactLimits?: { maxFiles?: number; maxMiB?: number };
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
      /** How long a copy may take until its answer begins; then the client gets a 504. Default: 60 */
      requestTimeoutSeconds?: number;
      /** What one copy may use. Memory and processes are watched on Linux only. */
      limits?: {
        /** Resident memory of all its processes together; beyond that it is ended. Default: 1024 */
        memoryMiB?: number;
        /** Of each of its processes, enforced by the system. Default: 4096, or what the portal may open itself if less */
        openFiles?: number;
        /** Beyond that it is ended. Default: 64 */
        processes?: number;
        /** A copy that keeps ending is started this often at most. Default: 10 times within 600 seconds */
        starts?: { max?: number; perSeconds?: number };
      };
      log?: {
        /** Of one copy's log file; one older file is kept. Default: 2097152 */
        maxBytes?: number;
        /** Of all log files of one component in one environment; the oldest go first. Default: 67108864 */
        maxTotalBytes?: number;
        /** Default: 8192 */
        maxLineLength?: number;
        /** What a copy writes beyond that is dropped, and the log says how much. Default: 500 */
        maxLinesPerSecond?: number;
        /** The same in bytes. Default: 262144 */
        maxBytesPerSecond?: number;
      };
    };
  };
}

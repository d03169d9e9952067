export interface Config {
  scaling?: {
    /** How long history is kept. */
    retention?: {
      /** Of samples by the minute, in hours; 24 when left out. */
      minuteSamplesHours?: number;
      /** Of samples by the quarter of an hour, of events, and of targets that are gone, in days; 30 when left out. */
      days?: number;
    };
    /** The most replicas that may be asked for, by the environment's tier. */
    bounds?: {
      development?: {
        /** 10 when left out. */
        max?: number;
      };
      staging?: {
        /** 20 when left out. */
        max?: number;
      };
      production?: {
        /** 100 when left out. */
        max?: number;
      };
    };
    /** How recommended requests are reckoned: so much as was used at a percentile, and a headroom. */
    rightSizing?: {
      cpu?: {
        /** Of the samples; 95 when left out. */
        percentile?: number;
        /** In percent of what was used; 15 when left out. */
        headroom?: number;
      };
      memory?: {
        /** Of the samples; 100, which is the most there ever was, when left out. */
        percentile?: number;
        /** In percent of what was used; 15 when left out. */
        headroom?: number;
      };
    };
    /** What replicas cost. Without it nothing is said of cost. */
    prices?: {
      /** Such as EUR. */
      currency: string;
      /** Of one core that is requested, for an hour. */
      cpuCoreHour?: number;
      /** Of one GiB of memory that is requested, for an hour. */
      memoryGiBHour?: number;
      /** Of one replica for an hour, whatever it requests; goes before the other two. */
      perReplicaHour?: number;
    };
  };
}

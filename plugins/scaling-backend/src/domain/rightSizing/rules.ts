/** How a request is reckoned from what was used. */
export interface SizingRule {
  resource: 'cpu' | 'memory';
  /** Of the samples. */
  percentile: number;
  /** Added to it; 0.15 is 15 %. */
  headroom: number;
  /** Cores or bytes: requests are multiples of it, and at least that. */
  unit: number;
  least: number;
}

const MiB = 2 ** 20;

/**
 * CPU that is short makes software slower, and what is short of memory is ended: so of CPU the 95th percentile, of memory the
 * most that there ever was. Both as the configuration says otherwise.
 */
export const defaultRules: Record<SizingRule['resource'], SizingRule> = {
  cpu: {
    resource: 'cpu',
    percentile: 95,
    headroom: 0.15,
    unit: 0.01,
    least: 0.01,
  },
  memory: {
    resource: 'memory',
    percentile: 100,
    headroom: 0.15,
    unit: 8 * MiB,
    least: 16 * MiB,
  },
};

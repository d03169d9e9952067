import type { UpstreamFacts } from './facts';

/** The environments of stages, for people. */
export function listed(upstream: UpstreamFacts[]): string {
  return upstream.map(({ environmentName }) => environmentName).join(', ');
}

import type { AnalysisSubject } from '@slipway/backstage-plugin-delivery-node';

/** A release that has had traffic for a minute. */
export function subject(more: Partial<AnalysisSubject> = {}): AnalysisSubject {
  return {
    target: {
      componentRef: 'component:default/checkout',
      environmentRef: 'resource:default/production',
      environmentName: 'production',
      settings: { namespace: 'shop', replicas: 3, nested: {} },
    },
    releaseId: 'release-2',
    version: '2.0.0',
    stableReleaseId: 'release-1',
    stableVersion: '1.0.0',
    since: Date.now() - 60_000,
    ...more,
  };
}

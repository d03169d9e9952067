import type { ReleaseSummary } from '@slipway/backstage-plugin-delivery-common';
import type { ReleaseDocument } from '../domain/release/releaseWorkflow';

/** What pages need of a release. */
export function releaseSummary({
  id,
  version,
  digest,
  provenance,
}: ReleaseDocument): ReleaseSummary {
  return {
    id,
    version,
    digest,
    ...(provenance.commit && { commit: provenance.commit }),
  };
}

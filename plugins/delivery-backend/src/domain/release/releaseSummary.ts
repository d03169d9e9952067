import type { ReleaseDocument } from './releaseWorkflow';

/** What is shown of a release beside something else: which it is, and the commit where it is known. */
export function releaseSummary({
  id,
  version,
  digest,
  provenance,
}: ReleaseDocument) {
  return {
    id,
    version,
    digest,
    ...(provenance.commit && { commit: provenance.commit }),
  };
}

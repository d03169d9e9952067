import type { RunRelease } from '../rollout/state';
import type { ReleaseDocument } from './releaseWorkflow';

/** What a rollout takes of a release: how it runs in one environment. */
export function runReleaseOf(
  release: ReleaseDocument,
  environmentName: string,
): RunRelease {
  return {
    releaseId: release.id,
    version: release.version,
    digest: release.digest,
    ...(release.provenance.commit && { commit: release.provenance.commit }),
    artifact: release.artifact,
    environmentVariables: {
      ...release.configuration.values,
      ...release.configuration.environmentValues[environmentName],
    },
    health: release.health,
  };
}

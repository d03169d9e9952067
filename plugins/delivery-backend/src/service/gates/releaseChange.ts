import type { ReleaseChange } from '@slipway/backstage-plugin-delivery-common';
import { releaseSummary } from '../../domain/release/releaseSummary';
import type { ReleaseDocument } from '../../domain/release/releaseWorkflow';

/** What differs between the release that runs in an environment and the one that is asked for. */
export function releaseChange(
  from: ReleaseDocument | undefined,
  to: ReleaseDocument,
  environmentName: string,
): ReleaseChange {
  const url = from && compareUrl(from, to);
  return {
    ...(from && { from: releaseSummary(from) }),
    to: releaseSummary(to),
    artifact: {
      ...(from && { from: from.artifact.reference }),
      to: to.artifact.reference,
    },
    ...(url && { compareUrl: url }),
    configuration: variableChanges(
      from ? variablesOf(from, environmentName) : {},
      variablesOf(to, environmentName),
    ),
    ...(to.notes && { notes: to.notes }),
  };
}

function variablesOf(
  { configuration }: ReleaseDocument,
  environmentName: string,
): Record<string, string> {
  return {
    ...configuration.values,
    ...configuration.environmentValues[environmentName],
  };
}

function variableChanges(
  before: Record<string, string>,
  after: Record<string, string>,
): ReleaseChange['configuration'] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(name => before[name] !== after[name])
    .sort()
    .map(name => ({
      name,
      ...(before[name] !== undefined && { from: before[name] }),
      ...(after[name] !== undefined && { to: after[name] }),
    }));
}

// The addresses of the three hosts that show a comparison at an address that follows from the repository's.
function compareUrl(
  { provenance: { commit: from, repository: before } }: ReleaseDocument,
  { provenance: { commit: to, repository } }: ReleaseDocument,
): string | undefined {
  if (!from || !to || !repository || before !== repository) return undefined;
  const base = /^https:\/\/[^\s]+$/.test(repository)
    ? repository.replace(/(\.git)?\/?$/, '')
    : undefined;
  if (!base) return undefined;
  const { hostname } = new URL(base);
  if (hostname === 'github.com') return `${base}/compare/${from}...${to}`;
  if (hostname === 'gitlab.com') return `${base}/-/compare/${from}...${to}`;
  if (hostname === 'bitbucket.org')
    return `${base}/branches/compare/${to}..${from}`;
  return undefined;
}

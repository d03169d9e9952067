import type { RiskFact } from '@slipway/backstage-plugin-delivery-common';
import type { IncidentsThere } from '../incidents/KnownIncidents';
import type { GateFacts } from '../../domain/gates/facts';
import type { ReleaseDocument } from '../../domain/release/releaseWorkflow';

const dayMs = 24 * 3_600_000;

/** What somebody who approves should know first, worst first. All of it follows from recorded facts. */
export function risksOf(options: {
  facts: GateFacts;
  release: ReleaseDocument;
  /** What runs there. */
  present?: ReleaseDocument;
  /** How rollouts of this component ended there in the last 30 days. */
  outcomes: Array<{ phase: string; releaseId: string }>;
  changedVariables: number;
  incidents: IncidentsThere;
  now: number;
}): RiskFact[] {
  const { facts, release, present, outcomes, changedVariables, now } = options;
  const { incidents } = options;
  const failed = outcomes.filter(({ phase }) => phase === 'rolledBack');
  const same = failed.filter(({ releaseId }) => releaseId === release.id);
  const risks: RiskFact[] = [];
  const add = (level: RiskFact['level'], message: string, url?: string) =>
    risks.push({ level, message, ...(url && { url }) });

  if (release.rejection)
    add('danger', `The release was rejected: ${release.rejection.reason}`);
  for (const { severity, since, title, url } of incidents.open)
    add(
      severity === 'critical' ? 'danger' : severity,
      `Open since ${minuteOf(Date.parse(since))}: ${title}`,
      url,
    );
  for (const silent of incidents.silent)
    add('warning', `Open incidents are not known: ${silent}`);
  if (same.length)
    add(
      'danger',
      `This release failed here ${times(same.length)} in the last 30 days`,
    );
  else if (failed.length)
    add(
      'warning',
      `${failed.length} of ${outcomes.length} rollouts here failed in the last 30 days`,
    );
  if (!present) add('warning', 'Nothing of this component runs here yet');
  else if (Date.parse(release.createdAt) < Date.parse(present.createdAt))
    add('warning', `It is older than ${present.version}, which runs here`);
  if (facts.windows && !facts.windows.open)
    add(
      'warning',
      `Changes are frozen now: ${facts.windows.because.map(({ title }) => title).join(', ')}`,
    );
  else if (
    facts.windows?.until !== undefined &&
    facts.windows.until - now < dayMs
  )
    add('warning', `Changes close at ${minuteOf(facts.windows.until)}`);
  const untried = facts.upstream.filter(({ since }) => since === undefined);
  if (untried.length)
    add(
      'warning',
      `It has not run in ${untried.map(({ environmentName }) => environmentName).join(', ')}`,
    );
  if (changedVariables)
    add(
      'info',
      `${changedVariables} ${changedVariables === 1 ? 'variable changes' : 'variables change'}`,
    );
  const inside = present?.dependencies;
  if (
    inside &&
    release.dependencies &&
    inside.source === release.dependencies.source &&
    inside.digest !== release.dependencies.digest
  )
    add('info', 'Dependencies change');
  if (now - Date.parse(release.createdAt) > 30 * dayMs)
    add('info', 'The release is more than 30 days old');
  const order = { danger: 0, warning: 1, info: 2 };
  return risks.sort((a, b) => order[a.level] - order[b.level]);
}

function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

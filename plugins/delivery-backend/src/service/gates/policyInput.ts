import type { JsonObject } from '@backstage/types';
import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import type {
  ComponentFacts,
  EnvironmentFacts,
} from '../../catalog/CatalogReader';
import type { RolloutStore } from '../../database/RolloutStore';
import type { UpstreamFacts } from '../../domain/gates/facts';
import type { IncidentsThere } from '../incidents/KnownIncidents';
import type { ReleaseDocument } from '../../domain/release/releaseWorkflow';

const hourMs = 3_600_000;
const historyDays = 30;

/**
 * What policies may ask about. Numbers are whole or decimal as they come; hours are elapsed hours; times of day are in
 * UTC. Documented in the plugin's README, and part of its public face: names stay.
 */
export async function policyInput(
  {
    component,
    environment,
    release,
    strategy,
    replicas,
  }: {
    component: ComponentFacts;
    environment: EnvironmentFacts;
    release: ReleaseDocument;
    strategy: Strategy;
    replicas: number;
  },
  known: {
    incidents: IncidentsThere;
    upstream: UpstreamFacts[];
    rollouts: RolloutStore;
    now: number;
  },
): Promise<JsonObject> {
  const { incidents, upstream, rollouts, now } = known;
  const past = await rollouts.outcomes({
    componentRef: component.ref,
    environmentRef: environment.ref,
    since: new Date(now - historyDays * 24 * hourMs).toISOString(),
  });
  const failed = past.filter(({ phase }) => phase === 'rolledBack');
  const date = new Date(now);
  return {
    component: {
      ref: component.ref,
      title: component.title,
      owner: component.ownerRef ?? '',
      system: component.systemRef ?? '',
    },
    environment: {
      ref: environment.ref,
      name: environment.name,
      tier: environment.tier,
    },
    release: {
      version: release.version,
      digest: release.digest,
      createdBy: release.createdBy,
      ageHours: (now - Date.parse(release.createdAt)) / hourMs,
      commit: release.provenance.commit ?? '',
      repository: release.provenance.repository ?? '',
      authors: release.provenance.authors ?? [],
      artifactKind: release.artifact.kind,
    },
    request: { strategy: Object.keys(strategy)[0], replicas },
    history: {
      days: historyDays,
      rollouts: past.length,
      failures: failed.length,
      sameReleaseFailures: failed.filter(
        ({ releaseId }) => releaseId === release.id,
      ).length,
    },
    // Without the numbers a rule that asks for them cannot be evaluated, and so does not hold.
    incidents: incidents.known
      ? {
          known: true,
          open: incidents.open.length,
          critical: incidents.open.filter(
            ({ severity }) => severity === 'critical',
          ).length,
        }
      : { known: false },
    evidence: {
      stages: Object.fromEntries(
        upstream.map(({ stage, since, until, health }) => [
          stage,
          {
            ran: since !== undefined,
            hours: since === undefined ? 0 : ((until ?? now) - since) / hourMs,
            healthy: health === 'healthy',
          },
        ]),
      ),
    },
    now: {
      hour: date.getUTCHours(),
      weekday: date.getUTCDay(),
      date: date.toISOString().slice(0, 10),
    },
  };
}

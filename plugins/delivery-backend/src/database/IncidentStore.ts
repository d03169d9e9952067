import type { OpenIncident } from '@slipway/backstage-plugin-delivery-node';
import type { Knex } from 'knex';

interface IncidentRow {
  source: string;
  id: string;
  component_ref: string;
  since: string;
  incident: string;
}

interface SourceRow {
  source: string;
  read_at: string;
}

const rowsPerStatement = 100;

/** What was wrong when incident sources were last asked. */
export class IncidentStore {
  constructor(private readonly knex: Knex) {}

  /** What a source answered takes the place of all that it answered before. */
  async replace(
    source: string,
    incidents: OpenIncident[],
    at: string,
  ): Promise<void> {
    const rows = incidents.map(incident => ({
      source,
      id: incident.id,
      component_ref: incident.componentRef,
      since: incident.since,
      incident: JSON.stringify(incident),
    }));
    await this.knex.transaction(async tx => {
      // First, so that two who have read the same source do so one after the other.
      await tx<SourceRow>('incident_sources')
        .insert({ source, read_at: at })
        .onConflict('source')
        .merge();
      await tx<IncidentRow>('incidents').where({ source }).delete();
      await tx.batchInsert('incidents', rows, rowsPerStatement);
    });
  }

  /** Of the sources that are named, the oldest first. */
  async of(
    componentRefs: string[],
    sources: string[],
  ): Promise<OpenIncident[]> {
    if (!componentRefs.length || !sources.length) return [];
    const rows = await this.knex<IncidentRow>('incidents')
      .whereIn('component_ref', componentRefs)
      .whereIn('source', sources)
      .orderBy('since');
    return rows.map(({ incident }) => JSON.parse(incident));
  }

  /** When each source last answered, epoch milliseconds. */
  async readAt(): Promise<Map<string, number>> {
    const rows = await this.knex<SourceRow>('incident_sources');
    return new Map(
      rows.map(({ source, read_at: at }) => [source, Date.parse(at)]),
    );
  }
}

import type { AuthService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { CatalogReader } from '../catalog/CatalogReader';
import { DeploymentStore } from '../database/DeploymentStore';

/** Brings owners, systems, titles and environments of deployments in line with the catalog. */
export async function refreshCatalogFacts(options: {
  knex: Knex;
  catalog: CatalogReader;
  auth: AuthService;
}): Promise<void> {
  const { knex, catalog, auth } = options;
  const credentials = await auth.getOwnServiceCredentials();
  const records = await new DeploymentStore(knex).all();
  const components = new Map(
    (
      await catalog.components(
        [...new Set(records.map(({ componentRef }) => componentRef))],
        credentials,
      )
    ).map(component => [component.ref, component]),
  );
  const environments = new Map(
    (await catalog.environments(credentials)).map(environment => [
      environment.ref,
      environment,
    ]),
  );
  for (const record of records) {
    const component = components.get(record.componentRef);
    const environment = environments.get(record.environmentRef);
    // What has left the catalog keeps the last facts: it may still run.
    if (!component || !environment) continue;
    const changed =
      component.title !== record.componentTitle ||
      component.ownerRef !== record.ownerRef ||
      component.systemRef !== record.systemRef ||
      environment.order !== record.environmentOrder ||
      environment.tier !== record.tier;
    if (changed)
      await DeploymentStore.update(knex, record, {
        componentTitle: component.title,
        ownerRef: component.ownerRef,
        systemRef: component.systemRef,
        environmentOrder: environment.order,
        tier: environment.tier,
      });
  }
}

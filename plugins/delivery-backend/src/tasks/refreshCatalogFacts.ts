import type { AuthService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { CatalogReader } from '../catalog/CatalogReader';
import {
  type DeploymentKey,
  DeploymentStore,
} from '../database/DeploymentStore';

/** Asked of the catalog, and written, at once: thousands would keep everybody else waiting. */
const pageSize = 250;

/** Brings owners, systems, titles and environments of deployments in line with the catalog. */
export async function refreshCatalogFacts(options: {
  knex: Knex;
  catalog: CatalogReader;
  auth: AuthService;
  signal: AbortSignal;
}): Promise<void> {
  const { knex, catalog, auth, signal } = options;
  const credentials = await auth.getOwnServiceCredentials();
  const environments = new Map(
    (await catalog.environments(credentials)).map(environment => [
      environment.ref,
      environment,
    ]),
  );
  const store = new DeploymentStore(knex);
  let after: DeploymentKey | undefined;
  while (!signal.aborted) {
    const page = await store.facts({ after, limit: pageSize });
    if (!page.length) return;
    after = page.at(-1);
    const refs = new Set(page.map(({ componentRef }) => componentRef));
    const components = new Map(
      (await catalog.components([...refs], credentials)).map(component => [
        component.ref,
        component,
      ]),
    );
    const changes = page.flatMap(record => {
      const component = components.get(record.componentRef);
      const environment = environments.get(record.environmentRef);
      // What has left the catalog keeps the last facts: it may still run.
      if (!component || !environment) return [];
      const { title, ownerRef = null, systemRef = null } = component;
      const { order, tier } = environment;
      const changed =
        title !== record.componentTitle ||
        ownerRef !== (record.ownerRef ?? null) ||
        systemRef !== (record.systemRef ?? null) ||
        order !== record.environmentOrder ||
        tier !== record.tier;
      const facts = { ownerRef, systemRef, tier };
      return changed
        ? [{ record, componentTitle: title, environmentOrder: order, ...facts }]
        : [];
    });
    if (changes.length)
      await knex.transaction(async tx => {
        for (const { record, ...facts } of changes)
          await DeploymentStore.update(tx, record, facts);
      });
  }
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { FieldError } from '@slipway/backstage-plugin-slipway-node';
import { canonicalRef, type CatalogReader } from '../../catalog/CatalogReader';
import type { ReleaseStore } from '../../database/ReleaseStore';
import type { ReleaseDocument } from '../../domain/release/releaseWorkflow';
import type { FoundTarget } from '../findTarget';

/**
 * A release of a component that the caller may see, and the environment that it is looked at for. Throws `NotFoundError`
 * for the one and `FieldError` for the other.
 */
export async function findComparedRelease(
  { catalog, releases }: { catalog: CatalogReader; releases: ReleaseStore },
  query: { releaseId: string; environmentRef: string },
  credentials: BackstageCredentials,
): Promise<FoundTarget & { release: ReleaseDocument }> {
  const { releaseId } = query;
  const release = await releases.get(releaseId);
  const component =
    release && (await catalog.component(release.componentRef, credentials));
  if (!component) throw new NotFoundError(`There is no release '${releaseId}'`);
  const environmentRef = canonicalRef(query.environmentRef);
  const environment = await catalog.environment(environmentRef, credentials);
  if (!environment)
    throw new FieldError([
      {
        pointer: 'environmentRef',
        detail: `there is no environment ${environmentRef} in the catalog`,
      },
    ]);
  return { release, component, environment };
}

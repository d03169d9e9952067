import { FieldError } from '@slipway/backstage-plugin-slipway-node';
import type { ComponentFacts } from '../catalog/CatalogReader';
import type { ReleaseStore } from '../database/ReleaseStore';
import type { ReleaseDocument } from '../domain/release/releaseWorkflow';

/** A release of a component. Throws `FieldError` when it is not there, or another component's. */
export async function findRelease(
  releases: ReleaseStore,
  id: string,
  component: ComponentFacts,
  pointer: string,
): Promise<ReleaseDocument> {
  const release = await releases.get(id);
  if (release?.componentRef !== component.ref)
    throw new FieldError([
      { pointer, detail: `${component.title} has no release '${id}'` },
    ]);
  return release;
}

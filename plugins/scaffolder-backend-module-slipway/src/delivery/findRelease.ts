import { InputError, NotFoundError } from '@backstage/errors';
import type { Release } from '@slipway/backstage-plugin-delivery-common';
import type { DeliveryAsCaller } from './DeliveryAsCaller';

/** Finds a component's release by its id or its version; exactly one of them is given. */
export async function findRelease(
  delivery: DeliveryAsCaller,
  wanted: { componentRef: string; releaseId?: string; version?: string },
): Promise<Release> {
  const { componentRef, releaseId, version } = wanted;
  if (Boolean(releaseId) === Boolean(version)) {
    throw new InputError(
      'Give either releaseId or version of what to roll out, and not both',
    );
  }
  if (releaseId) {
    const release = await delivery.call((client, options) =>
      client.getRelease(releaseId, options),
    );
    if (release.componentRef.toLowerCase() !== componentRef.toLowerCase()) {
      throw new InputError(
        `The release ${releaseId} is one of ${release.componentRef}, not of ${componentRef}`,
      );
    }
    return release;
  }
  const { items } = await delivery.call((client, options) =>
    client.listReleases({ componentRef, version, limit: 1 }, options),
  );
  if (items.length === 0) {
    throw new NotFoundError(
      `${componentRef} has no release of version ${version}. Its page lists those there are`,
    );
  }
  return items[0];
}

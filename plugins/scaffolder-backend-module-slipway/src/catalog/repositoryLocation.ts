import type { Entity } from '@backstage/catalog-model';
import { ANNOTATION_LOCATION } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';

/** What `@slipway/backstage-plugin-catalog-backend-module-slipway-repositories` teaches the catalog to read. */
export const REPOSITORY_LOCATION_TYPE = 'slipway-repository';

/** The catalog keeps whoever came first and drops the other one without a word; this says it. */
export function assertFromRepository(entity: Entity, repository: string) {
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (location === `${REPOSITORY_LOCATION_TYPE}:${repository}`) return;
  throw new ConflictError(
    `The catalog has a ${entity.kind} named '${entity.metadata.name}' already, from ${location ?? 'elsewhere'}. Choose another name, or unregister that one first`,
  );
}

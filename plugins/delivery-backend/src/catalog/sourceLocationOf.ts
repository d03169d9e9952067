import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  parseLocationRef,
} from '@backstage/catalog-model';
import type { SourceLocation } from '@slipway/backstage-plugin-delivery-node';

/**
 * Where the catalog says that an entity's sources are. Everybody can write annotations, so only a URL is taken from the
 * one that says so; another place only where the catalog itself has read the entity from it.
 */
export function sourceLocationOf({
  metadata: { annotations },
}: Entity): SourceLocation | undefined {
  const stated = parsed(annotations?.[ANNOTATION_SOURCE_LOCATION]);
  return stated?.type === 'url'
    ? stated
    : parsed(annotations?.[ANNOTATION_LOCATION]);
}

function parsed(ref: string | undefined): SourceLocation | undefined {
  try {
    return ref === undefined ? undefined : parseLocationRef(ref);
  } catch {
    return undefined;
  }
}

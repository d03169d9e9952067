import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

function isEntityRef(actor: string): boolean {
  try {
    parseEntityRef(actor);
    return /^[a-z]+:[^/]+\/.+$/i.test(actor);
  } catch {
    return false;
  }
}

/**
 * Who did it: a link where it is an entity, else the name of a service.
 *
 * @public
 */
export function ActorLink({ actor }: { actor: string }) {
  return isEntityRef(actor) ? (
    <EntityRefLink entityRef={actor} hideIcon />
  ) : (
    <span>{actor}</span>
  );
}

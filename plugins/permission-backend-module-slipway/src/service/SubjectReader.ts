import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Subject } from '../domain/conditions';
import { TIERS } from '../domain/roles';
import type { SubjectFacts } from '../domain/words';

/** Reads the component and the environment of a question with the rights of whoever asks. */
export class SubjectReader {
  constructor(private readonly catalog: CatalogService) {}

  /** Throws `NotFoundError` naming the field of what is not there, or not for this caller. */
  async read(
    { componentRef, environmentRef }: Subject,
    credentials: BackstageCredentials,
  ): Promise<SubjectFacts> {
    const [component, environment] = await Promise.all(
      [componentRef, environmentRef].map(
        ref => ref && this.catalog.getEntityByRef(ref, { credentials }),
      ),
    );
    if (componentRef && !component)
      throw new NotFoundError(
        `componentRef: there is no component "${componentRef}" in the catalog that you may see`,
      );
    if (environmentRef && (!environment || !isEnvironment(environment)))
      throw new NotFoundError(
        `environmentRef: there is no environment "${environmentRef}" in the catalog that you may see`,
      );
    const tier = TIERS.find(
      known => environment && known === environment.spec?.tier,
    );
    return {
      ...(component && { owners: ownersOf(component) }),
      ...(tier && { tier }),
    };
  }
}

function isEnvironment({ kind, spec }: Entity): boolean {
  return kind === 'Resource' && spec?.type === 'environment';
}

function ownersOf({ relations = [] }: Entity): string[] {
  return relations
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
}

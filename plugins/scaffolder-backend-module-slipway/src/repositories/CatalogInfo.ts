import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';

/** Where every repository says which component it is. */
export const CATALOG_INFO_PATH = 'catalog-info.yaml';

/** What a repository's catalog-info.yaml says about whose it is. */
export interface CatalogInfo {
  componentRef: string;
  ownerRef: string;
}

interface ComponentDocument {
  kind?: unknown;
  metadata?: { name?: unknown; namespace?: unknown };
  spec?: { owner?: unknown };
}

/** Finds the first Component of a catalog-info.yaml. Throws `InputError` when there is none. */
export function readCatalogInfo(text: string): CatalogInfo {
  for (const document of parseAllDocuments(text)) {
    if (document.errors.length > 0) {
      throw new InputError(
        `${CATALOG_INFO_PATH} is not valid YAML: ${document.errors[0].message}`,
      );
    }
    const entity = document.toJS() as ComponentDocument | null;
    if (entity?.kind !== 'Component') continue;
    const { name, namespace } = entity.metadata ?? {};
    const owner = entity.spec?.owner;
    if (typeof name !== 'string' || typeof owner !== 'string') {
      throw new InputError(
        `The Component in ${CATALOG_INFO_PATH} needs metadata.name and spec.owner`,
      );
    }
    return {
      componentRef: stringifyEntityRef({
        kind: 'Component',
        namespace: typeof namespace === 'string' ? namespace : undefined,
        name,
      }),
      ownerRef: stringifyEntityRef(
        parseEntityRef(owner, {
          defaultKind: 'group',
          defaultNamespace:
            typeof namespace === 'string' ? namespace : DEFAULT_NAMESPACE,
        }),
      ),
    };
  }
  throw new InputError(
    `${CATALOG_INFO_PATH} holds no Component; a local repository needs one, so that it is known whose it is`,
  );
}

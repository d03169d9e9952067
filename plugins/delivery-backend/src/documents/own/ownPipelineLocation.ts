import { dirname, relative } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  type Entity,
  getEntitySourceLocation,
  parseLocationRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { OWN_PIPELINE_ANNOTATION } from '../../catalog/annotations';
import type { DocumentLocation } from '../settings';
import { urlWithoutSecrets } from './withoutSecrets';

/** Where a component's own pipeline is, and what people may see of that. */
export interface OwnPipelineLocation {
  location: DocumentLocation;
  source: string;
}

/**
 * Resolves what a component's annotation says. A path is taken from where the component's sources are; on the backend's
 * own disk only where the catalog itself read the component from there, because everybody can write annotations.
 * Throws an `InputError` where it leads nowhere.
 */
export function ownPipelineLocation(
  entity: Entity,
  integrations: ScmIntegrationRegistry,
): OwnPipelineLocation {
  const wanted = entity.metadata.annotations?.[OWN_PIPELINE_ANNOTATION] ?? '';
  if (/^https?:\/\//i.test(wanted)) return atUrl(wanted);
  const managed = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (!managed)
    throw new InputError(
      'the catalog does not say where its component is from',
    );
  const { type, target } = parseLocationRef(managed);
  if (type === 'file') return onDisk(target, wanted);
  const sources = getEntitySourceLocation(entity);
  if (sources.type !== 'url')
    throw new InputError(
      `a path needs sources at a URL, and those of its component are at '${sources.type}:'`,
    );
  return atUrl(integrations.resolveUrl({ url: wanted, base: sources.target }));
}

function atUrl(target: string): OwnPipelineLocation {
  if (!URL.canParse(target))
    throw new InputError(`'${urlWithoutSecrets(target)}' is no URL`);
  const { username, password } = new URL(target);
  if (username || password)
    throw new InputError(
      'a URL must not hold a user or a password; the portal reads with its own integrations',
    );
  return {
    location: { type: 'url', target },
    source: urlWithoutSecrets(target),
  };
}

function onDisk(catalogFile: string, path: string): OwnPipelineLocation {
  let target: string;
  try {
    target = resolveSafeChildPath(dirname(catalogFile), path);
  } catch {
    throw new InputError(
      'a path must not lead out of the directory of its component',
    );
  }
  return {
    location: { type: 'file', target },
    source: relative(process.cwd(), target),
  };
}

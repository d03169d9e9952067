import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  type CatalogProcessor,
  type CatalogProcessorEmit,
  type CatalogProcessorParser,
  type LocationSpec,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { toError } from '@backstage/errors';
import { Errors, readBlob, resolveRef } from 'isomorphic-git';
import fs from 'node:fs';

/** The type of a catalog location whose target is the name of a local repository. */
export const LOCATION_TYPE = 'slipway-repository';

// As the action `slipway:repo:publish` names them.
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * Reads `catalog-info.yaml` at the head of a local repository's default branch. It reads what is committed, so that a
 * `git push` and a template lead to the same catalog.
 */
export class SlipwayRepositoryProcessor implements CatalogProcessor {
  constructor(private readonly directory: string) {}

  getProcessorName() {
    return 'SlipwayRepositoryProcessor';
  }

  async readLocation(
    location: LocationSpec,
    optional: boolean,
    emit: CatalogProcessorEmit,
    parser: CatalogProcessorParser,
  ): Promise<boolean> {
    if (location.type !== LOCATION_TYPE) return false;
    if (!NAME.test(location.target)) {
      emit(
        processingResult.inputError(
          location,
          `'${location.target}' is not the name of a local repository: up to 63 lower-case letters, digits and hyphens`,
        ),
      );
      return true;
    }
    try {
      const data = await this.readCatalogInfo(location.target);
      if (data) {
        for await (const result of parser({ data, location })) emit(result);
      } else if (!optional) {
        emit(
          processingResult.notFoundError(
            location,
            `There is no catalog-info.yaml on the default branch of the local repository '${location.target}'`,
          ),
        );
      }
      emit(processingResult.refresh(`${LOCATION_TYPE}:${location.target}`));
    } catch (error) {
      emit(
        processingResult.generalError(
          location,
          `The local repository '${location.target}' could not be read: ${toError(error).message}`,
        ),
      );
    }
    return true;
  }

  private async readCatalogInfo(name: string): Promise<Buffer | undefined> {
    const gitdir = resolveSafeChildPath(this.directory, `${name}.git`);
    try {
      const oid = await resolveRef({ fs, gitdir, ref: 'HEAD' });
      const { blob } = await readBlob({
        fs,
        gitdir,
        oid,
        filepath: 'catalog-info.yaml',
      });
      return Buffer.from(blob);
    } catch (error) {
      if (error instanceof Errors.NotFoundError) return undefined;
      throw error;
    }
  }
}

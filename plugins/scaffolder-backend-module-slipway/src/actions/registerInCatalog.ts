import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, ResponseError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  assertFromRepository,
  REPOSITORY_LOCATION_TYPE,
} from '../catalog/repositoryLocation';
import { waitForEntity } from '../catalog/waitForEntity';
import { explainApiError } from '../errors/explainApiError';
import { examples } from './registerInCatalog.examples';

export function createRegisterInCatalogAction(options: {
  catalog: CatalogService;
}) {
  const { catalog } = options;

  return createTemplateAction({
    id: 'slipway:catalog:register',
    description:
      'Registers a local git repository of the portal in the catalog, in the name of whoever runs the task, and waits until its component is there. One that is registered already is read again.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        repository: z => z.string({ description: "The repository's name" }),
        timeoutSeconds: z =>
          z
            .number({
              description:
                'How long to wait for the component; 60 when left out',
            })
            .min(1)
            .max(3600)
            .optional(),
      },
      output: {
        entityRef: z =>
          z
            .string({ description: 'The component; absent in a dry run' })
            .optional(),
      },
    },
    async handler(ctx) {
      const { repository, timeoutSeconds = 60 } = ctx.input;
      const location = { type: REPOSITORY_LOCATION_TYPE, target: repository };
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Would register the local repository '${repository}' in the catalog`,
        );
        return;
      }

      const credentials = await ctx.getInitiatorCredentials();
      // Says now what the catalog would later only write to its own log.
      const { entities, exists } = await catalog
        .addLocation({ ...location, dryRun: true }, { credentials })
        .catch(explain);
      const component = entities.find(entity => entity.kind === 'Component');
      if (!component) {
        throw new InputError(
          `The catalog found no Component in catalog-info.yaml of the local repository '${repository}'`,
        );
      }
      const entityRef = stringifyEntityRef(component);

      if (exists) {
        await catalog.refreshEntity(entityRef, { credentials }).catch(explain);
        ctx.logger.info(
          `The local repository '${repository}' is registered already; the catalog reads it again`,
        );
      } else {
        await catalog
          .addLocation(location, { credentials })
          .catch(ignoreConflict);
        ctx.logger.info(
          `Registered the local repository '${repository}' in the catalog`,
        );
      }

      const entity = await waitForEntity(entityRef, {
        catalog,
        credentials,
        timeoutSeconds,
        logger: ctx.logger,
        signal: ctx.signal,
      });
      assertFromRepository(entity, repository);
      ctx.logger.info(`${entityRef} is in the catalog`);
      ctx.output('entityRef', entityRef);
    },
  });
}

function explain(error: unknown): never {
  throw explainApiError('The catalog', error);
}

/** Somebody else was faster, with the same. */
function ignoreConflict(error: unknown) {
  if (error instanceof ResponseError && error.statusCode === 409) return;
  explain(error);
}

import type { AuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonValue } from '@backstage/types';
import type {
  CreateReleaseRequest,
  DeliveryClient,
} from '@slipway/backstage-plugin-delivery-common';
import { waitForEntity } from '../catalog/waitForEntity';
import { DeliveryAsCaller } from '../delivery/DeliveryAsCaller';
import { environmentVariables } from '../delivery/environmentVariables';
import { idempotencyKey } from '../delivery/idempotencyKey';
import { readSbomFile } from '../delivery/readSbomFile';
import { examples } from './createRelease.examples';

export function createCreateReleaseAction(options: {
  client: DeliveryClient;
  auth: AuthService;
  catalog: CatalogService;
}) {
  const { client, auth, catalog } = options;

  return createTemplateAction({
    id: 'slipway:release:create',
    description:
      'Records an immutable release of a component, in the name of whoever runs the task. Waits for a component that was only just registered.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        componentRef: z =>
          z.string({ description: 'Such as component:default/checkout' }),
        version: z => z.string({ description: 'Such as 1.0.0' }),
        artifact: z =>
          z.object(
            {
              kind: z.string({
                description: 'Such as npm, tarball or directory',
              }),
              spec: z.record(z.custom<JsonValue>(), {
                description:
                  'What the kind asks for, such as { path } or { package, version }',
              }),
              digest: z
                .string({
                  description:
                    'What the content must have; refused when it has another',
                })
                .optional(),
            },
            { description: 'What is run' },
          ),
        configuration: z =>
          z
            .object(
              {
                values: z
                  .record(z.union([z.string(), z.number(), z.boolean()]), {
                    description:
                      'Environment variables of the software; empty ones are left out',
                  })
                  .optional(),
                environmentValues: z
                  .record(
                    z.record(z.union([z.string(), z.number(), z.boolean()])),
                    { description: 'By environment name; these win' },
                  )
                  .optional(),
                secretRefs: z
                  .record(z.string(), {
                    description:
                      'Variable to a reference of a secret; never a secret',
                  })
                  .optional(),
              },
              { description: 'What it runs with' },
            )
            .optional(),
        health: z =>
          z
            .object(
              {
                readiness: z.record(z.custom<JsonValue>()).optional(),
                liveness: z.record(z.custom<JsonValue>()).optional(),
              },
              {
                description:
                  'How to see that an instance is well: { path, periodSeconds, … }',
              },
            )
            .optional(),
        provenance: z =>
          z
            .object(
              {
                repository: z.string().optional(),
                commit: z.string().optional(),
                authors: z
                  .array(z.string(), {
                    description:
                      "Entity references of the commit's authors; empty ones are left out",
                  })
                  .optional(),
                buildUrl: z.string().optional(),
              },
              { description: 'Where it comes from' },
            )
            .optional(),
        notes: z => z.string({ description: 'For people' }).optional(),
        sbomPath: z =>
          z
            .string({
              description:
                "A bill of materials in the task's workspace, CycloneDX or SPDX as JSON, such as bom.json",
            })
            .optional(),
        waitForCatalogSeconds: z =>
          z
            .number({
              description:
                'How long to wait for the component to be in the catalog; 60 when left out',
            })
            .min(0)
            .max(3600)
            .optional(),
      },
      output: {
        releaseId: z => z.string(),
        version: z => z.string(),
        digest: z =>
          z
            .string({ description: 'Of the release; absent in a dry run' })
            .optional(),
      },
    },
    async handler(ctx) {
      const { componentRef, version, artifact, configuration } = ctx.input;
      const { health, notes, sbomPath } = ctx.input;
      const credentials = await ctx.getInitiatorCredentials();
      const delivery = new DeliveryAsCaller(client, auth, credentials);
      ctx.output('version', version);

      if (ctx.isDryRun) {
        const { artifactKinds } = await delivery.call((api, call) =>
          api.getSettings(call),
        );
        if (!artifactKinds.some(({ kind }) => kind === artifact.kind)) {
          throw new InputError(
            `There is no artifact kind '${artifact.kind}'. There is: ${artifactKinds.map(({ kind }) => kind).join(', ')}`,
          );
        }
        ctx.logger.info(
          `Would record the release ${version} of ${componentRef}, of kind ${artifact.kind}`,
        );
        ctx.output('releaseId', 'dry-run');
        return;
      }

      const release = await ctx.checkpoint({
        key: 'release',
        fn: async () => {
          await waitForEntity(componentRef, {
            catalog,
            credentials,
            logger: ctx.logger,
            signal: ctx.signal,
            timeoutSeconds: ctx.input.waitForCatalogSeconds ?? 60,
          });
          const authors = ctx.input.provenance?.authors?.filter(Boolean);
          const sbom = await readSbomFile(ctx.workspacePath, sbomPath);
          const created = await delivery.call((api, call) =>
            api.createRelease(
              {
                componentRef,
                version,
                artifact,
                configuration: configuration && {
                  ...configuration,
                  values: environmentVariables(configuration.values),
                  environmentValues:
                    configuration.environmentValues &&
                    Object.fromEntries(
                      Object.entries(configuration.environmentValues).map(
                        ([name, values]) => [
                          name,
                          environmentVariables(values) ?? {},
                        ],
                      ),
                    ),
                },
                // The generated type asks for what the API has a default for.
                health: health as CreateReleaseRequest['health'],
                notes,
                sbom,
                provenance: ctx.input.provenance && {
                  ...ctx.input.provenance,
                  authors,
                },
              },
              { ...call, idempotencyKey: idempotencyKey(ctx) },
            ),
          );
          return { id: created.id, digest: created.digest };
        },
      });
      ctx.logger.info(
        `Recorded the release ${version} of ${componentRef}, ${release.digest}`,
      );
      ctx.output('releaseId', release.id);
      ctx.output('digest', release.digest);
    },
  });
}

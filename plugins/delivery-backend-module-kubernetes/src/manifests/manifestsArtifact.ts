import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Artifact } from '@slipway/backstage-plugin-delivery-common';
import type { DeliveryArtifactKind } from '@slipway/backstage-plugin-delivery-node';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AllowedRepositories } from './AllowedRepositories';
import type { Binaries } from './findBinary';
import { readManifests } from './readManifests';
import { render, type RenderKind, renderers } from './render';
import type { RepositoryFiles } from './RepositoryFiles';
import { namespacePlaceholder } from './stampManifests';

/** The kind's name in releases. */
export const manifestsKind = 'kubernetes-manifests';

/** Characters. A release is kept whole, and handed to every rollout. */
const mostText = 128 * 1024;

/**
 * Manifests from a repository at a commit, rendered once, when the release is recorded. What they rendered to is kept with the
 * release and is what its digest is of: whatever becomes of the repository, or of the program that rendered them, the release
 * stays what it was.
 */
export function manifestsArtifact({
  allowed,
  binaries,
  files,
}: {
  allowed: AllowedRepositories;
  binaries: Binaries;
  files: Pick<RepositoryFiles, 'checkOut'>;
}): DeliveryArtifactKind {
  return {
    kind: manifestsKind,
    title: 'Kubernetes manifests',
    hasOwnReplicas: true,
    schema: {
      type: 'object',
      required: ['repository', 'commit'],
      additionalProperties: false,
      properties: {
        repository: {
          type: 'string',
          title: 'Repository',
          description:
            "Its address, or slipway-repository:NAME for one of the portal's own",
          pattern:
            '^(https://[^\\s@]+|slipway-repository:[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$',
          maxLength: 512,
        },
        commit: {
          type: 'string',
          title: 'Commit',
          description: 'All 40 digits; branches and tags move',
          pattern: '^[0-9a-f]{40}$',
        },
        path: {
          type: 'string',
          title: 'Folder',
          description: 'Where in the repository they are',
          default: '.',
          maxLength: 512,
        },
        render: {
          type: 'string',
          title: 'Rendered as',
          description:
            'By a kustomization.yaml or a Chart.yaml in the folder when left out',
          enum: [...renderers],
        },
        values: {
          type: 'object',
          title: 'Values of the chart',
          additionalProperties: true,
        },
      },
    },
    async resolve(spec, { component, expectedDigest, signal }) {
      const {
        commit,
        path = '.',
        repository,
      } = spec as {
        repository: string;
        commit: string;
        path?: string;
      };
      allowed.mustAllow(repository, component);
      const root = await mkdtemp(join(tmpdir(), 'slipway-manifests-'));
      try {
        await files.checkOut({ repository, commit }, root, signal);
        const { kind, text } = await render({
          root,
          path,
          ...(spec.render !== undefined && {
            kind: spec.render as RenderKind,
          }),
          ...(spec.values !== undefined && {
            values: spec.values as JsonObject,
          }),
          binaries,
          signal,
        });
        // What nobody could apply is refused before there is a release of it.
        readManifests(text);
        if (text.length > mostText)
          throw new InputError(
            `It renders to ${text.length} characters, and a release may have ${mostText}`,
          );
        const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
        if (expectedDigest && expectedDigest !== digest)
          throw new InputError(
            `It renders to the digest ${digest}, not ${expectedDigest}`,
          );
        return {
          kind: manifestsKind,
          reference: `${repository}@${commit.slice(0, 12)}${path === '.' ? '' : `:${path}`}`,
          digest,
          spec: { ...spec, path, render: kind, rendered: text },
        };
      } finally {
        await rm(root, { recursive: true, force: true });
      }
    },
  };
}

/** What a resolved artifact rendered to, for a namespace. */
export function renderedOf({ spec }: Artifact, namespace: string): string {
  return String(spec.rendered).replaceAll(namespacePlaceholder, namespace);
}

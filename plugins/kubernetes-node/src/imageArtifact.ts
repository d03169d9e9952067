import { InputError } from '@backstage/errors';
import type { Artifact } from '@slipway/backstage-plugin-delivery-common';
import type { DeliveryArtifactKind } from '@slipway/backstage-plugin-delivery-node';
import { createHash } from 'node:crypto';
import { parseImageReference } from './imageReference';

/** The kind's name in releases. @public */
export const imageKind = 'image';

const kinds = new Map<boolean, DeliveryArtifactKind>();

/**
 * Container images, known by the digest in their reference. No registry is asked. All runtimes that run them share one
 * kind.
 *
 * @public
 */
export function imageArtifact({
  allowTags,
}: {
  /** Whether images may be named by a tag alone. */
  allowTags: boolean;
}): DeliveryArtifactKind {
  const kind = kinds.get(allowTags) ?? imageKindOf(allowTags);
  kinds.set(allowTags, kind);
  return kind;
}

function imageKindOf(allowTags: boolean): DeliveryArtifactKind {
  return {
    kind: imageKind,
    title: 'Container image',
    schema: {
      type: 'object',
      required: ['image'],
      additionalProperties: false,
      properties: {
        image: {
          type: 'string',
          title: 'Image',
          description: 'With its digest: registry/name@sha256:…',
          minLength: 1,
          maxLength: 512,
        },
        port: {
          type: 'integer',
          title: 'Port',
          description: 'Where the software listens; it is told as PORT',
          minimum: 1,
          maximum: 65535,
          default: 8080,
        },
        args: {
          type: 'array',
          title: 'Arguments',
          description: "In place of the image's own",
          maxItems: 100,
          items: { type: 'string', maxLength: 4096 },
        },
        cpu: {
          type: 'string',
          title: 'CPU of a copy',
          description:
            'What it asks for, such as 250m; a scaling policy by CPU needs it',
          'x-requests': 'cpu',
          pattern: '^([0-9]+m|[0-9]+(\\.[0-9]+)?)$',
          maxLength: 16,
        },
        memory: {
          type: 'string',
          title: 'Memory of a copy',
          description:
            'What it asks for, such as 256Mi, and more than which it does not get',
          'x-requests': 'memory',
          pattern: '^[0-9]+(Ki|Mi|Gi)$',
          maxLength: 16,
        },
        preCommand: {
          type: 'array',
          title: 'Command before the rollout',
          description:
            'Run to its end by a Job of this image before the first copy starts, such as a migration of the database. When it fails, nothing is rolled out',
          minItems: 1,
          maxItems: 100,
          items: { type: 'string', maxLength: 4096 },
        },
        postCommand: {
          type: 'array',
          title: 'Command after the rollout',
          description:
            'Run to its end by a Job of this image once the release has all traffic, such as a test of the whole. When it fails, the rollout is taken back. A rollback does not run it',
          minItems: 1,
          maxItems: 100,
          items: { type: 'string', maxLength: 4096 },
        },
      },
    },
    async resolve(spec, { expectedDigest }) {
      const text = String(spec.image);
      const image = parseImageReference(text);
      if (!image)
        throw new InputError(
          `image: '${text}' is no reference of an image; write registry/name@sha256:… with lower-case names`,
        );
      if (!image.digest && !allowTags)
        throw new InputError(
          `image: '${text}' has no digest, and a tag can be moved to other content at any time; write ${image.name}@sha256:… (the digest that pushing the image printed)`,
        );
      if (!image.digest && !image.tag)
        throw new InputError(
          `image: '${text}' has neither a digest nor a tag; what 'latest' is differs from node to node`,
        );
      const digest = image.digest ?? digestOfTag(text);
      if (expectedDigest && expectedDigest !== digest)
        throw new InputError(
          `image: '${text}' has the digest ${digest}, not ${expectedDigest}`,
        );
      return { kind: imageKind, reference: text, digest, spec: { ...spec } };
    },
  };
}

// Nothing is known of the content behind a tag, so the release is known by the words themselves.
function digestOfTag(text: string): string {
  return `sha256:${createHash('sha256').update(`tag ${text}`).digest('hex')}`;
}

/** What a resolved image says of the container. @public */
export function containerOf({ spec }: Artifact): {
  image: string;
  port: number;
  args?: string[];
  cpu?: string;
  memory?: string;
  preCommand?: string[];
  postCommand?: string[];
} {
  return {
    image: String(spec.image),
    port: typeof spec.port === 'number' ? spec.port : 8080,
    ...(Array.isArray(spec.args) && { args: spec.args.map(String) }),
    ...(typeof spec.cpu === 'string' && { cpu: spec.cpu }),
    ...(typeof spec.memory === 'string' && { memory: spec.memory }),
    ...(Array.isArray(spec.preCommand) && {
      preCommand: spec.preCommand.map(String),
    }),
    ...(Array.isArray(spec.postCommand) && {
      postCommand: spec.postCommand.map(String),
    }),
  };
}

import type { JsonObject } from '@backstage/types';
import type { Artifact } from '@slipway/backstage-plugin-delivery-common';

/**
 * A kind of artifact, such as `npm` or `tarball`: turns what a person names into something known by digest.
 *
 * @public
 */
export interface DeliveryArtifactKind {
  kind: string;
  /** For people. */
  title: string;
  /**
   * JSON Schema (2020-12) of `spec`; checked before `resolve` is called. Forms take titles, descriptions and defaults
   * from it; a property with `x-follows-version: true` is the release's version until somebody types another.
   */
  schema: JsonObject;
  /**
   * Finds the artifact and its digest. Throws `InputError` when there is no such thing, or when `expectedDigest` is
   * given and another one was found. Any other error says that the source does not answer: the caller is told to try
   * again later, the error goes to the log. What it answers is stored with the release and handed to runtimes as it is.
   */
  resolve(
    spec: JsonObject,
    options: { expectedDigest?: string; signal: AbortSignal },
  ): Promise<Artifact>;
}

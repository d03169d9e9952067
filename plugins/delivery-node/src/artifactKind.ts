import type { JsonObject } from '@backstage/types';
import type { Artifact } from '@slipway/backstage-plugin-delivery-common';
import type { SourceLocation } from './commitSource';

/** Software that a release is made of. @public */
export interface Dependency {
  /** As its ecosystem writes it, such as `@scope/name` or `org.example:library`. */
  name: string;
  /** Exact, or a range where no more is known. */
  version: string;
  /** The package URL's type, such as `npm`, `maven` or `deb`. */
  type?: string;
}

/** An artifact, with what its kind can tell of the software in it. @public */
export interface ResolvedArtifact extends Artifact {
  /** Kept beside the release, to be compared with those of others. A bill of materials given with the release goes first. */
  dependencies?: {
    /** `lockfile`: exact versions of everything. `manifest`: what it asks for itself. */
    source: 'lockfile' | 'manifest';
    items: Dependency[];
  };
}

/** What is released. @public */
export interface ReleasedComponent {
  /** Its entity's reference. */
  ref: string;
  /** Where the catalog says that its sources are. */
  sourceLocation?: SourceLocation;
}

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
   * from it; a property with `x-follows-version: true` is the release's version until somebody types another. Those with
   * `x-requests: cpu` and `x-requests: memory` say what a copy requests, as Kubernetes writes it (`250m`, `256Mi`).
   */
  schema: JsonObject;
  /** Its artifacts say themselves how many copies there are, so that nobody else can. */
  hasOwnReplicas?: boolean;
  /**
   * Finds the artifact and its digest. Throws `InputError` when there is no such thing, or when `expectedDigest` is
   * given and another one was found. Any other error says that the source does not answer: the caller is told to try
   * again later, the error goes to the log. What it answers, but for `dependencies`, is stored with the release and handed
   * to runtimes as it is. Whatever it reads with rights of the portal's own has to be the component's.
   */
  resolve(
    spec: JsonObject,
    options: {
      component: ReleasedComponent;
      expectedDigest?: string;
      signal: AbortSignal;
    },
  ): Promise<ResolvedArtifact>;
}

import type { JsonObject } from '@backstage/types';
import type {
  DeliveryArtifactKind,
  ResolvedArtifact,
} from '@slipway/backstage-plugin-delivery-node';
import type { Artifact } from '@slipway/backstage-plugin-delivery-common';

/** A kind of artifact that the embedded runtime can fetch and start. */
export interface ArtifactSource extends DeliveryArtifactKind {
  /** Reads with no rights of the portal's own, so whose it is does not matter. */
  resolve(
    spec: JsonObject,
    options: { expectedDigest?: string; signal: AbortSignal },
  ): Promise<ResolvedArtifact>;
  /**
   * Puts the artifact's content into an empty folder and makes sure that it is what its digest says. Throws
   * `InputError` when it is not, or no longer there.
   */
  fetch(artifact: Artifact, folder: string, signal: AbortSignal): Promise<void>;
  /** Whether it is started in the release's home folder, and not among its own files, which all its copies share. */
  startsAtHome?: boolean;
  /** The command that starts it from its folder; may hold `{port}` and `{host}`. */
  command(artifact: Artifact, folder: string): Promise<string[]>;
}

import type { V1ConfigMap } from '@kubernetes/client-node';
import {
  annotations,
  type ClusterClient,
  ClusterResponseError,
  objectAnnotations,
  objectLabels,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
import { fieldManager } from '../objects/TargetObjects';
import type { ObjectKey } from './ManifestObject';

/** What is desired of a target that runs manifests. */
export interface ManifestRecord {
  generation: number;
  /** Absent when nothing is to be there. */
  release?: { releaseId: string; version: string };
  /** Since when it is this release; ISO 8601. */
  since: string;
  /** Whether all objects of the release have been written. */
  applied: boolean;
  /** Of the release. */
  objects: ObjectKey[];
  /** Of earlier releases, and still to go. */
  left: ObjectKey[];
}

export interface KeptRecord {
  record: ManifestRecord;
  resourceVersion: string;
}

/** Keeps the record in a ConfigMap beside the objects, so that whichever replica of the backend looks next knows it. */
export class ManifestRecords {
  constructor(
    private readonly client: ClusterClient,
    private readonly namespace: string,
    private readonly identity: TargetIdentity,
  ) {}

  get name(): string {
    return `${this.identity.name}-slipway`;
  }

  async read(): Promise<KeptRecord | undefined> {
    const found = await this.client
      .get<V1ConfigMap>(this.#path())
      .catch((error: unknown) => {
        if (error instanceof ClusterResponseError && error.status === 404)
          return undefined;
        throw error;
      });
    const text = found?.metadata?.annotations?.[annotations.desired];
    return text
      ? {
          record: JSON.parse(text),
          resourceVersion: found?.metadata?.resourceVersion ?? '',
        }
      : undefined;
  }

  /** Of two writers that have read the same, one loses. */
  async write(
    record: ManifestRecord,
    before: KeptRecord | undefined,
  ): Promise<KeptRecord> {
    const written = await this.client.send<V1ConfigMap>(
      'PATCH',
      `${this.#path()}?fieldManager=${fieldManager}&force=false`,
      {
        contentType: 'application/apply-patch+yaml',
        body: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: this.name,
            namespace: this.namespace,
            ...(before && { resourceVersion: before.resourceVersion }),
            labels: objectLabels(this.identity),
            annotations: {
              ...objectAnnotations(this.identity),
              [annotations.desired]: JSON.stringify(record),
            },
          },
        },
      },
    );
    return {
      record,
      resourceVersion: written.metadata?.resourceVersion ?? '',
    };
  }

  #path(): string {
    return `api/v1/namespaces/${this.namespace}/configmaps/${this.name}`;
  }
}

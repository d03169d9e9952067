import type { V1Service } from '@kubernetes/client-node';
import { annotations } from '@slipway/backstage-plugin-kubernetes-node';

/** Where one version of the desired state runs. */
export interface RecordedVersion {
  releaseId: string;
  version: string;
  replicas: number;
  weight: number;
  /** Name of its Deployment. */
  deployment: string;
  /** Present when something else decides on the number of copies, such as `HorizontalPodAutoscaler web`. */
  scaledBy?: string;
}

/**
 * What is desired of a target, kept as an annotation of its Service: whichever replica of the backend looks next
 * knows it, and an older wish is known to be older.
 */
export interface DesiredRecord {
  generation: number;
  rolling: boolean;
  versions: RecordedVersion[];
  /** The HTTPRoute that shares traffic out between two releases, since the first time that one did. */
  httpRoute?: string;
  /** Beside a Deployment that an autoscaler drives: how many copies that has had at most since two releases run. */
  scaledCopies?: number;
  /** When traffic was last pointed elsewhere; ISO 8601. */
  switchedAt?: string;
}

/** `undefined` when the Service carries none that can be read. */
export function readRecord(
  service: V1Service | undefined,
): DesiredRecord | undefined {
  const text = service?.metadata?.annotations?.[annotations.desired];
  if (!text) return undefined;
  try {
    const record: DesiredRecord = JSON.parse(text);
    return Number.isInteger(record.generation) && Array.isArray(record.versions)
      ? record
      : undefined;
  } catch {
    return undefined;
  }
}

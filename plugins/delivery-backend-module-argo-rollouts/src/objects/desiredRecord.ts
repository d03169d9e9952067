import type { KubernetesObject } from '@kubernetes/client-node';
import { annotations } from '@slipway/backstage-plugin-kubernetes-node';

/** What is desired of one release. */
export interface RecordedVersion {
  releaseId: string;
  version: string;
  replicas: number;
  weight: number;
}

/**
 * What is desired of a target, kept as an annotation of its Rollout: whichever replica of the backend looks next knows it,
 * and an older wish is known to be older. The Service of a Rollout that was taken away keeps the last one.
 */
export interface DesiredRecord {
  generation: number;
  versions: RecordedVersion[];
  /** The release that the pod template shall be of. */
  main?: string;
  /** The step of a canary that it shall come to. */
  hold?: number;
  /** How many copies there shall be in all. Absent where that is not ours to say. */
  copies?: number;
  /** What says it then, such as `HorizontalPodAutoscaler shop`. */
  scaledBy?: string;
}

/** The newest that any of the objects carries; `undefined` when none does that can be read. */
export function readRecord(
  ...objects: Array<KubernetesObject | undefined>
): DesiredRecord | undefined {
  return objects
    .map(object => parse(object?.metadata?.annotations?.[annotations.desired]))
    .filter(record => record !== undefined)
    .sort((one, other) => other.generation - one.generation)[0];
}

function parse(text: string | undefined): DesiredRecord | undefined {
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

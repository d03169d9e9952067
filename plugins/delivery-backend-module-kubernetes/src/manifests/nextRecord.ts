import type { ManifestRecord } from './ManifestRecords';
import { type ManifestObject, type ObjectKey, sameKey } from './ManifestObject';

/** What is to be noted of a wish before anything of it is written. `now` in milliseconds. */
export function nextRecord(
  before: ManifestRecord | undefined,
  wish: {
    generation: number;
    release?: { releaseId: string; version: string };
    objects: ManifestObject[];
    now: number;
  },
): ManifestRecord {
  const { generation, release } = wish;
  if (before && before.release?.releaseId === release?.releaseId)
    return { ...before, generation };
  const objects = wish.objects.map(({ apiVersion, kind, name }): ObjectKey => ({
    apiVersion,
    kind,
    name,
  }));
  return {
    generation,
    ...(release && {
      release: { releaseId: release.releaseId, version: release.version },
    }),
    since: new Date(wish.now).toISOString(),
    applied: objects.length === 0,
    objects,
    left: [...(before?.objects ?? []), ...(before?.left ?? [])].filter(
      key => !isKept(key) && !objects.some(object => sameKey(object, key)),
    ),
  };
}

// With a claim its data would go.
function isKept({ kind }: ObjectKey): boolean {
  return kind === 'PersistentVolumeClaim';
}

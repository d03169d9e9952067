import {
  PatchStrategy,
  setHeaderOptions,
  type V1ObjectMeta,
} from '@kubernetes/client-node';
import { LostRaceError } from '@slipway/backstage-plugin-kubernetes-node';
import { fieldManager } from './declaredElsewhere';
import type { Client } from './readAround';

// Autoscalers write their own status all the time, and each of their writes makes one of ours lose.
const mostTries = 5;

const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

/** Group and version as the API's path has them. */
export function versionOf({ api }: { api: string }) {
  const [, group, version] = api.split('/');
  return { group, version };
}

/** Writes some fields and annotations in one go, unless somebody has written the object since it was read. */
export async function patch(
  client: Client,
  object: {
    kind: { api: string; plural: string };
    namespace: string;
    metadata: V1ObjectMeta;
  },
  change: { annotations: Record<string, string>; spec?: object },
  { dryRun = false } = {},
): Promise<void> {
  const { kind, metadata, namespace } = object;
  await client.custom.patchNamespacedCustomObject(
    {
      ...versionOf(kind),
      namespace,
      plural: kind.plural,
      name: metadata.name ?? '',
      fieldManager,
      ...(dryRun && { dryRun: 'All' }),
      body: {
        metadata: {
          resourceVersion: metadata.resourceVersion,
          annotations: change.annotations,
        },
        ...(change.spec && { spec: change.spec }),
      },
    },
    mergePatch,
  );
}

/** Again from reading on, when somebody else was quicker. */
export async function untilWon<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof LostRaceError) || tries === mostTries) throw error;
    }
  }
}

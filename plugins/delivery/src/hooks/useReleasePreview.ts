import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** What a release would change where it really runs. Left out: `strategy` is the environment's. */
export function useReleasePreview(wanted: {
  releaseId: string;
  environmentRef: string;
  strategy?: 'rolling' | 'blueGreen' | 'canary';
}) {
  const api = useApi(deliveryApiRef);
  const { releaseId, environmentRef, strategy } = wanted;
  return useLiveQuery({
    key: ['preview', releaseId, environmentRef, strategy],
    read: () =>
      api.previewRelease(releaseId, {
        environmentRef,
        ...(strategy && { strategy }),
      }),
    // Each answer is asked of the vendor, and costs it something.
    pollMs: 0,
  });
}

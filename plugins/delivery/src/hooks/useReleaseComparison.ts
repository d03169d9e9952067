import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** What a release would change in an environment. Left out: `fromReleaseId` is what runs there. */
export function useReleaseComparison(wanted: {
  releaseId: string;
  environmentRef: string;
  fromReleaseId?: string;
}) {
  const api = useApi(deliveryApiRef);
  const { releaseId, environmentRef, fromReleaseId } = wanted;
  return useLiveQuery({
    key: ['comparison', releaseId, environmentRef, fromReleaseId],
    read: () =>
      api.compareRelease(releaseId, {
        environmentRef,
        ...(fromReleaseId && { fromReleaseId }),
      }),
    pollMs: latest => (latest?.commits.state === 'reading' ? 10_000 : 0),
  });
}

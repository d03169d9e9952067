import { useApi } from '@backstage/frontend-plugin-api';
import { describeError } from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** What would happen to a release in each stage now; null where no pipeline serves the component. */
export function usePipelinePreview(componentRef: string, releaseId: string) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['pipeline-preview', componentRef, releaseId],
    read: async () => {
      try {
        return await api.previewPipeline({
          componentRef,
          ...(releaseId && { releaseId }),
        });
      } catch (error) {
        if (describeError(error).status === 404) return null;
        throw error;
      }
    },
    concerns: signal => signal.componentRef === componentRef,
    pollMs: 30_000,
    keepPrevious: true,
  });
}

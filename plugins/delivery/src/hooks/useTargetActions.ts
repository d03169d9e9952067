import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** What the person may do to a component in an environment, whether it runs there yet or not. */
export function useTargetActions(
  componentRef: string | undefined,
  environmentRef: string | undefined,
) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key:
      componentRef && environmentRef
        ? ['target-actions', componentRef, environmentRef]
        : null,
    read: () =>
      api.getTargetActions({
        componentRef: componentRef ?? '',
        environmentRef: environmentRef ?? '',
      }),
    concerns: signal =>
      signal.componentRef === componentRef &&
      signal.environmentRef === environmentRef,
    pollMs: 60_000,
  });
}
